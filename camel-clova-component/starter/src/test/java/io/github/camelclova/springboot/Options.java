package io.github.camelclova.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.StringHelper;

/** The options of the component, as its own build has found them. */
final class Options {

    private Options() {}

    static List<ComponentOptionModel> all() {
        return JsonMapper.generateComponentModel(resource("/META-INF/io/github/camelclova/clova.json"))
                .getComponentOptions();
    }

    static String property(ComponentOptionModel option) {
        return "camel.component.clova." + StringHelper.camelCaseToDash(option.getName());
    }

    static String resource(String name) {
        try (InputStream resource = Options.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
