package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final String TEXT = "{\"a\":\"안녕\"}";

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws JsonProcessingException {
        byte[] marked = ("\uFEFF" + TEXT).getBytes(UTF_8);

        assertThat(Json.read(marked)).isEqualTo(Json.read(TEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void whatIsNotUtf8IsMalformed(String charset) {
        byte[] other = TEXT.getBytes(Charset.forName(charset));

        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> Json.read(other));
    }
}
