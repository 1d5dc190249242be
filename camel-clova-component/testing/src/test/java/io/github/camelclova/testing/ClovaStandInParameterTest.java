package io.github.camelclova.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ClovaStandInExtension.class)
class ClovaStandInParameterTest {

    @Test
    void aParameterIsTheService(ClovaStandIn standIn) throws Exception {
        assertThat(Http.post(standIn.baseUrl(), "{}").statusCode()).isEqualTo(404);
    }
}
