package io.github.camelclova.documentation;

import static io.github.camelclova.documentation.Markdown.code;
import static io.github.camelclova.documentation.Markdown.prose;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.github.camelclova.Metadata;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.protocol.Dialect;
import io.github.camelclova.protocol.ProtocolFacts;
import io.github.camelclova.protocol.ProtocolFacts.Spelled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;

/** Options by group from Camel's metadata, and how each dialect says them from the table that checks them. */
final class OptionsPage {

    private OptionsPage() {}

    static Markdown page() {
        Markdown page = new Markdown(
                "Options",
                "Of `clova:operation?options`, by group. An option that can stand at both places is the default of all endpoints at "
                        + "the component, and in a URI it wins. An empty default means that the option is absent.");
        Map<String, BaseOptionModel> options = new LinkedHashMap<>();
        ComponentModel model = Metadata.model();
        model.getEndpointOptions().forEach(option -> options.put(option.getName(), option));
        model.getComponentOptions().forEach(option -> options.putIfAbsent(option.getName(), option));
        options.values().stream()
                .collect(groupingBy(OptionsPage::group, LinkedHashMap::new, toList()))
                .forEach((group, members) -> page.heading(group)
                        .table(
                                List.of("Option", "Type", "Default", "At", "Says"),
                                members.stream().map(OptionsPage::row).toList()));
        byDialect(page);
        return conflicts(page);
    }

    private static String group(BaseOptionModel option) {
        String group = option.getGroup().replaceAll(" .*", "");
        return group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1);
    }

    private static List<String> row(BaseOptionModel option) {
        return List.of(
                code(option.isMultiValue() ? option.getPrefix() + "NAME" : option.getName()),
                type(option),
                defaultValue(option),
                place(option),
                flags(option) + Declared.description(option));
    }

    private static String type(BaseOptionModel option) {
        if (option.getEnums() != null && !option.getEnums().isEmpty()) {
            return option.getEnums().stream().map(Markdown::code).collect(joining(", "));
        }
        boolean isObject = option.getType().equals("object") && !option.isMultiValue();
        return isObject
                ? code(simpleName(option.getJavaType()))
                : option.isMultiValue() ? "any, by name" : option.getType();
    }

    private static String simpleName(String javaType) {
        return javaType.substring(javaType.lastIndexOf('.') + 1);
    }

    private static String defaultValue(BaseOptionModel option) {
        Object value = option.getDefaultValue();
        return value == null || value.toString().isEmpty() ? "" : code(value.toString());
    }

    private static String place(BaseOptionModel option) {
        ComponentModel model = Metadata.model();
        boolean endpoint = model.getEndpointOptions().stream()
                .anyMatch(other -> other.getName().equals(option.getName()));
        boolean component = model.getComponentOptions().stream()
                .anyMatch(other -> other.getName().equals(option.getName()));
        return endpoint && component ? "both" : endpoint ? "endpoint" : "component";
    }

    private static String flags(BaseOptionModel option) {
        return (option.isRequired() ? "**Required.** " : "")
                + (option.isSecret() ? "**Secret.** " : "")
                + (option.isDeprecated() ? "**Deprecated.** " : "");
    }

    private static void byDialect(Markdown page) {
        page.heading("Generation options by dialect")
                .paragraph(
                        "Under which name each is sent and which values are taken. A dash means that the dialect cannot express the "
                                + "option: a route that sets it does not start.");
        List<List<Dialect>> columns = columns();
        List<String> head = new ArrayList<>(List.of("Option"));
        columns.forEach(same ->
                head.add(same.stream().map(dialect -> code(dialect.id())).collect(joining(", "))));
        page.table(
                head,
                Arrays.stream(GenerationOption.values())
                        .map(option -> {
                            List<String> row = new ArrayList<>(List.of(code(option.optionName())));
                            columns.forEach(same -> row.add(cell(same.get(0), option)));
                            return row;
                        })
                        .toList());
    }

    /** Dialects that say everything alike share a column. */
    private static List<List<Dialect>> columns() {
        return List.copyOf(Arrays.stream(Dialect.values())
                .collect(groupingBy(
                        dialect -> Arrays.stream(GenerationOption.values())
                                .map(option -> cell(dialect, option))
                                .toList(),
                        LinkedHashMap::new,
                        toList()))
                .values());
    }

    private static String cell(Dialect dialect, GenerationOption option) {
        Optional<Spelled> general = ProtocolFacts.spelled(dialect, option, null);
        StringBuilder cell = new StringBuilder(general.map(OptionsPage::words).orElse(Markdown.NONE));
        ProtocolFacts.MODELS.stream()
                .filter(model -> served(dialect, model))
                .map(model -> Map.entry(model, ProtocolFacts.spelled(dialect, option, model)))
                .filter(special -> !special.getValue().equals(general))
                .collect(groupingBy(
                        special -> special.getValue().map(OptionsPage::words).orElse(Markdown.NONE),
                        LinkedHashMap::new,
                        toList()))
                .forEach((words, models) -> cell.append("<br>")
                        .append(models.stream().map(Map.Entry::getKey).collect(joining(", ")))
                        .append(": ")
                        .append(words));
        return cell.toString();
    }

    private static boolean served(Dialect dialect, String model) {
        return !dialect.isNative() || Dialect.of(Dialect.AUTO, model) == dialect;
    }

    private static String words(Spelled spelled) {
        return code(spelled.member()) + ", " + spelled.range().replace("<", "&lt;");
    }

    private static Markdown conflicts(Markdown page) {
        List<List<String>> rows = new ArrayList<>();
        ProtocolFacts.conflicts().forEach((why, who) -> rows.add(List.of(prose(why), who)));
        return page.heading("Options that do not go together")
                .paragraph(
                        "A route with such a pair does not start, or the exchange fails where a header made the pair. "
                                + "`f` and `NAME` stand for the names of functions.")
                .table(List.of("Refused because", "Where"), rows);
    }
}
