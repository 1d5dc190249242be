package io.github.camelclova;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.protocol.Dialect;
import io.github.camelclova.protocol.Service;
import java.net.URI;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;

/** What may be fed with any bytes, and what must then be true. */
public final class DoorTargets {

    private static final int LONGEST_MESSAGE = 5000;
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    private DoorTargets() {}

    /** A header is taken as a value that the dialect allows or is refused by its name, in one line of bounded length. */
    public static void headers(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        for (Dialect dialect : Dialect.values()) {
            Service service =
                    new Service(dialect, URI.create("http://localhost"), "", null, Map.of(), Map.of(), Map.of());
            CallHeaders headers = new CallHeaders(service, null, HeaderGroups.of("all"), "");
            Message message = new DefaultMessage(CAMEL);
            message.setHeader(ClovaConstants.REQUEST_ID, text);
            message.setHeader(ClovaConstants.MODEL, text);
            takesOrRefuses(
                    ClovaConstants.REQUEST_ID,
                    () -> assertThat(headers.requestId(message)).isEqualTo(text).matches("[A-Za-z0-9._-]{1,64}"));
            takesOrRefuses(ClovaConstants.MODEL, () -> assertThat(headers.model(message))
                    .isEqualTo(text.trim()));
            for (GenerationOption option : Requests.HEADERS.keySet()) {
                takesOrRefuses(option.optionName(), () -> {
                    Object value = OptionValue.parse(option.optionName(), option, text);
                    OptionValue.requireInRange(option.optionName(), dialect, option, value, null);
                });
            }
        }
    }

    private static void takesOrRefuses(String name, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage())
                    .contains(name)
                    .hasSizeLessThan(LONGEST_MESSAGE)
                    .doesNotContainPattern("\\p{Cntrl}");
        }
    }
}
