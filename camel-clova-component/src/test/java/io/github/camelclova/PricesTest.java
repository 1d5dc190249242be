package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.Usage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricesTest {

    @ParameterizedTest
    @CsvSource({
        // price in, price out, tokens in, tokens out, cost
        "0.005, 0.02, 37, 9, 0.000365",
        "1000, 1000, 100, 20, 120",
        "0.1, 0.2, 1, 1, 0.0003",
        "2, , 500, , 1",
        "2, , 500, 7, 1",
        ", 2, , 500, 1",
        "0, 0, 37, 9, 0",
        "3, 4, 0, 0, 0",
        ", , 37, 9, ",
        "2, 2, 500, , ",
        "2, 2, , 500, ",
        "2, , , , "
    })
    void theCostIsThatOfTheTokensThatHaveAPrice(
            Double input, Double output, Integer inputTokens, Integer outputTokens, Double cost) {
        ClovaConfiguration options = new ClovaConfiguration();
        options.setPriceInputPer1k(input);
        options.setPriceOutputPer1k(output);

        Double estimated = Prices.check(options).of(new Usage(inputTokens, outputTokens, null));

        assertThat(estimated).isEqualTo(cost);
    }
}
