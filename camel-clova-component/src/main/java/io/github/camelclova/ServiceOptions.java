package io.github.camelclova;

import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.protocol.Dialect;
import io.github.camelclova.protocol.Operation;
import io.github.camelclova.protocol.PathSegment;
import io.github.camelclova.protocol.Service;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the service is, who asks, and what every request carries. */
final class ServiceOptions {

    private static final String CLOVA_STUDIO = "https://clovastudio.stream.ntruss.com";
    private static final Pattern CLOVA_STUDIO_HOST = Pattern.compile("(.*\\.)?(ntruss|gov-ntruss)\\.com");
    private static final String KEY_VARIABLE = "CLOVASTUDIO_API_KEY";
    private static final int LARGEST_PORT = 65_535;
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");
    private static final Set<String> OWN_HEADERS = Set.of(
            "accept",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "host",
            "transfer-encoding",
            "x-ncp-apigw-api-key",
            "x-ncp-clovastudio-api-key",
            "x-ncp-clovastudio-request-id");

    private final ClovaConfiguration options;
    private final Operation operation;
    private final Dialect dialect;
    private final URI baseUrl;

    private ServiceOptions(ClovaConfiguration options, Operation operation) {
        this.options = options;
        this.operation = operation;
        this.dialect = dialect();
        this.baseUrl = baseUrl();
    }

    static Service check(ClovaConfiguration options, Operation operation) {
        ServiceOptions checked = new ServiceOptions(options, operation);
        checked.requireFittingTask();
        return new Service(
                checked.dialect,
                checked.baseUrl,
                checked.pathPrefix(),
                options.getTaskId(),
                checked.credentials(),
                checked.additionalHeaders(),
                checked.additionalMembers());
    }

    /** Where the service is, and what it speaks. */
    record Location(Dialect dialect, URI baseUrl) {}

    /** Absent while the options do not say it, or say what is refused at the start. */
    static @Nullable Location location(ClovaConfiguration options, Operation operation) {
        try {
            ServiceOptions checked = new ServiceOptions(options, operation);
            return new Location(checked.dialect, checked.baseUrl);
        } catch (IllegalArgumentException refusedLater) {
            return null;
        }
    }

    private Dialect dialect() {
        try {
            return operation.dialect(options.getDialect(), options.getModel());
        } catch (IllegalArgumentException unknown) {
            throw OptionValue.refused("dialect", String.valueOf(unknown.getMessage()));
        }
    }

    private void requireFittingTask() {
        String task = options.getTaskId();
        if (task != null) {
            requireNative("taskId");
            PathSegment.checked("Option taskId", task);
        } else if (dialect == Dialect.CLOVA_V2) {
            throw OptionValue.refused("taskId", "is missing; the dialect clova-v2 has tasks only");
        }
        if (dialect.isNative() && options.getModel() != null) {
            PathSegment.checked("Option model", options.getModel());
        }
    }

    private void requireNative(String option) {
        if (!dialect.isNative()) {
            throw OptionValue.refused(option, "cannot be expressed in dialect " + dialect.id());
        }
    }

    private URI baseUrl() {
        String text = options.getBaseUrl();
        if (text == null) {
            if (!dialect.isNative()) {
                throw OptionValue.refused("baseUrl", "is missing; the dialect openai has no default");
            }
            return URI.create(CLOVA_STUDIO);
        }
        URI url;
        try {
            url = new URI(text.trim());
        } catch (URISyntaxException malformed) {
            throw OptionValue.refused("baseUrl", "is not a URL");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || url.getHost() == null) {
            throw OptionValue.refused("baseUrl", "needs http or https and a host");
        }
        if (url.getPort() == 0 || url.getPort() > LARGEST_PORT) {
            throw OptionValue.refused("baseUrl", "has a port that is none");
        }
        // Not shown: there may be a password in it.
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw OptionValue.refused("baseUrl", "may have no user information, query or fragment");
        }
        if (scheme.equals("http") && !isLoopback(url) && !options.isAllowInsecureUrl()) {
            throw OptionValue.refused(
                    "baseUrl",
                    "http to %s would send everything in the clear; use https, or set allowInsecureUrl=true"
                            .formatted(Excerpt.of(url.getHost())));
        }
        return url;
    }

    private static boolean isLoopback(URI url) {
        return LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    private String pathPrefix() {
        String prefix = options.getPathPrefix();
        if (prefix == null) {
            return "";
        }
        requireNative("pathPrefix");
        return PathSegment.checked("Option pathPrefix", prefix.replaceAll("^/|/$", ""));
    }

    private Map<String, String> credentials() {
        String key = key();
        String gatewayKey = options.getApigwKey();
        if (gatewayKey != null) {
            requireNative("apigwKey");
            if (key == null) {
                throw OptionValue.refused("apiKey", "is missing; apigwKey is the other half of a pair");
            }
            return Map.of("X-NCP-CLOVASTUDIO-API-KEY", key, "X-NCP-APIGW-API-KEY", printable("apigwKey", gatewayKey));
        }
        if (key == null && isClovaStudio()) {
            throw OptionValue.refused(
                    "apiKey", "is missing; set it on the component, or the environment variable " + KEY_VARIABLE);
        }
        return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }

    private @Nullable String key() {
        String key = options.getApiKey();
        // CLOVA's key must not travel to somebody else's OpenAI-compatible server.
        if (key == null && (dialect.isNative() || isClovaStudio())) {
            key = System.getenv(KEY_VARIABLE);
        }
        return key == null || key.isBlank() ? null : printable("apiKey", key);
    }

    private boolean isClovaStudio() {
        return isClovaStudio(baseUrl);
    }

    static boolean isClovaStudio(URI baseUrl) {
        return CLOVA_STUDIO_HOST
                .matcher(baseUrl.getHost().toLowerCase(Locale.ROOT))
                .matches();
    }

    /** Keys read from files end with a line end. */
    private static String printable(String option, String secret) {
        String trimmed = secret.trim();
        if (trimmed.isEmpty() || !HEADER_VALUE.matcher(trimmed).matches()) {
            throw OptionValue.refused(option, "is empty or has characters that no key has");
        }
        return trimmed;
    }

    private Map<String, String> additionalHeaders() {
        Map<String, String> headers = new HashMap<>();
        options.getAdditionalHeader().forEach((name, value) -> {
            String option = "additionalHeader." + Excerpt.of(name);
            if (!HEADER_NAME.matcher(name).matches() || OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw OptionValue.refused(option, "is not a header that may be added");
            }
            if (!HEADER_VALUE.matcher(String.valueOf(value)).matches()) {
                throw OptionValue.refused(option, "has a value with characters that no header has");
            }
            headers.put(name, String.valueOf(value));
        });
        return headers;
    }

    private Map<String, Object> additionalMembers() {
        Set<String> own = operation.ownMembers(dialect);
        options.getAdditionalBodyProperty().keySet().stream()
                .filter(own::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw OptionValue.refused(
                            "additionalBodyProperty." + name,
                            "the component writes this member itself; use its option");
                });
        return options.getAdditionalBodyProperty();
    }
}
