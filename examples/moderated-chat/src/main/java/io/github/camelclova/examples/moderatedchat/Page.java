package io.github.camelclova.examples.moderatedchat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** The four files of the page, and no others. */
public final class Page {

    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html;charset=utf-8",
            "chat.js", "text/javascript;charset=utf-8",
            "chat.css", "text/css;charset=utf-8",
            "icon.svg", "image/svg+xml");

    /** Answers with the file of this path. */
    public void file(@Variable("path") String path, Message response) throws IOException {
        String name = path.isEmpty() || path.equals("/") ? "index.html" : path.replaceFirst("^/", "");
        String type = TYPES.get(name);
        if (type == null) {
            throw new RefusedException(404, "no-such-page");
        }
        try (InputStream file = Page.class.getResourceAsStream("/page/" + name)) {
            response.setHeader(Exchange.CONTENT_TYPE, type);
            response.setBody(file.readAllBytes());
        }
    }
}
