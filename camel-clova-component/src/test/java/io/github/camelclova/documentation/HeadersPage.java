package io.github.camelclova.documentation;

import static io.github.camelclova.documentation.Markdown.code;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.github.camelclova.Metadata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.tooling.model.ComponentModel.EndpointHeaderModel;

/** Headers from Camel's metadata, with their direction as the tests prove it. */
final class HeadersPage {

    private static final Pattern PACKAGE = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");
    private static final Map<String, String> HEADINGS =
            Map.of("producer", "Requests and answers", "streaming", "Streams", "moderation", "The AI filter");

    private HeadersPage() {}

    static Markdown page() {
        Markdown page = new Markdown(
                "Headers",
                "*In*: read by the component, some only where `allowedHeaderOverrides` has their group. *Out*: set by it; one that an "
                        + "answer does not have is removed. Java names them in `ClovaConstants`.");
        Metadata.headers().stream()
                .collect(groupingBy(EndpointHeaderModel::getGroup, LinkedHashMap::new, toList()))
                .forEach((group, headers) -> page.heading(heading(group))
                        .table(
                                List.of("Header", "", "Type", "Says"),
                                headers.stream().map(HeadersPage::row).toList()));
        return page;
    }

    private static String heading(String group) {
        return HEADINGS.getOrDefault(group, group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1));
    }

    private static List<String> row(EndpointHeaderModel header) {
        return List.of(
                code(header.getName()),
                Metadata.direction(header),
                code(PACKAGE.matcher(header.getJavaType()).replaceAll("")),
                Declared.description(header));
    }
}
