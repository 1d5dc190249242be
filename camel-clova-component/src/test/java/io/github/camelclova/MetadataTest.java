package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;

/** What editors, forms and the catalogue are told of each option and header. */
class MetadataTest {

    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(key|header|password|secret)");

    private static final Pattern FEW_WORDS =
            Pattern.compile("operation|dialect|.*(Format|Effort|Action|Release|Unit|Partial|Unjudged|FailurePolicy)");

    private static final Set<String> KEYS = Set.of("apiKey", "apigwKey", "additionalHeader");

    private static List<BaseOptionModel> options() {
        return Stream.<BaseOptionModel>concat(
                        Metadata.model().getComponentOptions().stream(), Metadata.model().getEndpointOptions().stream())
                .toList();
    }

    @Test
    void everyOptionAndHeaderIsDescribedAndBelongsToAGroup() {
        assertThat(Stream.concat(options().stream(), Metadata.headers().stream()))
                .hasSizeGreaterThan(150)
                .allSatisfy(option -> {
                    assertThat(option.getDescription()).as(option.getName()).endsWith(".");
                    assertThat(option.getGroup()).as(option.getName()).matches("[a-z]+( \\(advanced\\))?");
                    assertThat(option.getJavaType()).as(option.getName()).isNotBlank();
                });
    }

    @Test
    void keysAreSecretAndNothingElse() {
        assertThat(options())
                .filteredOn(BaseOptionModel::isSecret)
                .extracting(BaseOptionModel::getName)
                .hasSize(2 * KEYS.size())
                .allMatch(KEYS::contains);
    }

    @Test
    void anOptionWithTheNameOfASecretIsOne() {
        assertThat(options())
                .filteredOn(option -> SECRET_NAME.matcher(option.getName()).matches())
                .isNotEmpty()
                .allMatch(BaseOptionModel::isSecret);
    }

    @Test
    void anOptionOfFewWordsListsThemAndItsDefaultIsAmongThem() {
        assertThat(options())
                .filteredOn(option -> FEW_WORDS.matcher(option.getName()).matches())
                .hasSizeGreaterThan(10)
                .allSatisfy(option -> assertThat(option.getEnums())
                        .as(option.getName())
                        .hasSizeGreaterThan(1)
                        .contains(defaultOrFirst(option)));
    }

    private static String defaultOrFirst(BaseOptionModel option) {
        return option.getDefaultValue() == null
                ? option.getEnums().get(0)
                : option.getDefaultValue().toString();
    }

    /**
     * A form that writes down what it shows as the default must not change anything by that. Of {@code java.lang.Boolean} Camel's
     * generator says that the default is false; {@code javaType = "Boolean", enums = "true,false"} keeps it from that.
     */
    @Test
    void whatMayBeAbsentHasNoDefault() {
        assertThat(options())
                .extracting(BaseOptionModel::getJavaType)
                .contains("Boolean")
                .doesNotContain(Boolean.class.getName());
        assertThat(options())
                .filteredOn(option -> option.getJavaType().equals("Boolean"))
                .allSatisfy(option -> {
                    assertThat(option.getDefaultValue()).as(option.getName()).isNull();
                    assertThat(option.getEnums()).as(option.getName()).containsExactly("true", "false");
                });
    }
}
