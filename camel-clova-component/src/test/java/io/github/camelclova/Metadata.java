package io.github.camelclova;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;

/** What Camel's generator has found in the component; the reference pages are made from it. */
public final class Metadata {

    /** Every component and endpoint has these from Camel, or they only hold others. */
    private static final Set<String> CAMELS_OWN = Set.of("lazyStartProducer", "autowiredEnabled", "configuration");

    private static final ComponentModel MODEL = read();

    private Metadata() {}

    private static ComponentModel read() {
        try (InputStream json = Metadata.class.getResourceAsStream("/META-INF/io/github/camelclova/clova.json")) {
            return JsonMapper.generateComponentModel(new String(json.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> endpointOptions() {
        return MODEL.getEndpointOptions().stream()
                .map(ComponentModel.EndpointOptionModel::getName)
                .filter(name -> !CAMELS_OWN.contains(name))
                .toList();
    }

    /** But for the operation, which both have. */
    static Map<String, String> labelsOfEndpointOptions() {
        return MODEL.getEndpointOptions().stream()
                .filter(option -> !option.getName().equals("operation"))
                .collect(toMap(
                        ComponentModel.EndpointOptionModel::getName, option -> String.valueOf(option.getLabel())));
    }

    static List<String> componentOptions() {
        return MODEL.getComponentOptions().stream()
                .map(ComponentModel.ComponentOptionModel::getName)
                .filter(name -> !CAMELS_OWN.contains(name))
                .toList();
    }

    public static List<ComponentModel.EndpointHeaderModel> headers() {
        return MODEL.getEndpointHeaders();
    }

    /** Whether a header is read, written or both: {@code in}, {@code out} or {@code in, out}. */
    public static String direction(ComponentModel.EndpointHeaderModel header) {
        return EveryHeaderTest.direction(header.getName());
    }

    public static ComponentModel model() {
        return MODEL;
    }
}
