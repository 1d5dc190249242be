package io.github.camelclova;

import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every dialect's names and ranges of the generation options, as the services document them. */
class GenerationOptionsTest {

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    /**
     * @param asked the model or task
     * @param member where the value stands in the request
     * @param refused just outside the range
     * @param range how a refusal describes it
     */
    record Numbers(
            Target target,
            String asked,
            String option,
            String member,
            String least,
            String most,
            List<String> refused,
            String range) {

        @Override
        public String toString() {
            return "%s %s %s".formatted(target, asked, option);
        }
    }

    private static Stream<Numbers> v1(Target target, String asked) {
        return Stream.of(
                new Numbers(
                        target,
                        asked,
                        "temperature",
                        "temperature",
                        "0.01",
                        "1",
                        List.of("0", "1.01", "-0.5"),
                        "0 < value <= 1"),
                new Numbers(target, asked, "topP", "topP", "0.01", "1", List.of("0", "1.01"), "0 < value <= 1"),
                new Numbers(target, asked, "topK", "topK", "0", "128", List.of("-1", "129"), "0 <= value <= 128"),
                new Numbers(
                        target,
                        asked,
                        "maxTokens",
                        "maxTokens",
                        "1",
                        "4096",
                        List.of("0", "-1", "4097"),
                        "1 <= value <= 4096"),
                new Numbers(
                        target,
                        asked,
                        "repeatPenalty",
                        "repeatPenalty",
                        "0.01",
                        "10",
                        List.of("0", "10.01"),
                        "0 < value <= 10"),
                new Numbers(
                        target,
                        asked,
                        "seed",
                        "seed",
                        "0",
                        "4294967295",
                        List.of("-1", "4294967296"),
                        "0 <= value <= 4294967295"));
    }

    private static Stream<Numbers> v3(
            Target target, String asked, String maxTokens, String mostTokens, String tooMany) {
        return Stream.of(
                new Numbers(
                        target,
                        asked,
                        "temperature",
                        "temperature",
                        "0",
                        "1",
                        List.of("-0.01", "1.01"),
                        "0 <= value <= 1"),
                new Numbers(target, asked, "topP", "topP", "0.01", "1", List.of("0", "1.01"), "0 < value <= 1"),
                new Numbers(target, asked, "topK", "topK", "0", "128", List.of("-1", "129"), "0 <= value <= 128"),
                new Numbers(
                        target,
                        asked,
                        "maxTokens",
                        maxTokens,
                        "1",
                        mostTokens,
                        List.of("0", tooMany),
                        "1 <= value <= " + mostTokens),
                new Numbers(
                        target,
                        asked,
                        "repeatPenalty",
                        "repetitionPenalty",
                        "0.01",
                        "2",
                        List.of("0", "2.01"),
                        "0 < value <= 2"),
                new Numbers(
                        target,
                        asked,
                        "seed",
                        "seed",
                        "0",
                        "4294967295",
                        List.of("-1", "4294967296"),
                        "0 <= value <= 4294967295"));
    }

    private static Stream<Numbers> openAi() {
        Target target = Target.OPENAI;
        String asked = "model=small-1";
        return Stream.of(
                new Numbers(
                        target,
                        asked,
                        "temperature",
                        "temperature",
                        "0",
                        "2",
                        List.of("-0.01", "2.01"),
                        "0 <= value <= 2"),
                new Numbers(target, asked, "topP", "top_p", "0", "1", List.of("-0.01", "1.01"), "0 <= value <= 1"),
                new Numbers(target, asked, "topK", "top_k", "0", "2147483647", List.of("-1"), "0 <= value"),
                new Numbers(target, asked, "maxTokens", "max_tokens", "1", "2147483647", List.of("0"), "1 <= value"),
                new Numbers(
                        target,
                        asked,
                        "repeatPenalty",
                        "repetition_penalty",
                        "0.01",
                        "10",
                        List.of("0", "10.01"),
                        "0 < value <= 10"),
                new Numbers(
                        target,
                        "model=HCX-003",
                        "repeatPenalty",
                        "repeat_penalty",
                        "0.01",
                        "10",
                        List.of("0", "10.01"),
                        "0 < value <= 10"),
                new Numbers(
                        target,
                        asked,
                        "frequencyPenalty",
                        "frequency_penalty",
                        "-2",
                        "2",
                        List.of("-2.01", "2.01"),
                        "-2 <= value <= 2"),
                new Numbers(
                        target,
                        asked,
                        "presencePenalty",
                        "presence_penalty",
                        "-2",
                        "2",
                        List.of("-2.01", "2.01"),
                        "-2 <= value <= 2"),
                new Numbers(
                        target, asked, "seed", "seed", "-9223372036854775808", "9223372036854775807", List.of(), ""),
                new Numbers(target, asked, "n", "n", "1", "2147483647", List.of("0"), "1 <= value"),
                new Numbers(
                        target,
                        asked + "&logprobs=true",
                        "topLogprobs",
                        "top_logprobs",
                        "0",
                        "20",
                        List.of("-1", "21"),
                        "0 <= value <= 20"));
    }

    private static Stream<Numbers> all() {
        return Stream.of(
                        v1(Target.V1_MODEL, "model=HCX-003"),
                        v1(Target.V1_TASK, "taskId=czf9fbky"),
                        v1(Target.V2_TASK, "taskId=czf9fbky"),
                        v3(Target.V3_MODEL, "model=HCX-005", "maxTokens", "4096", "4097"),
                        v3(Target.V3_MODEL, "model=HCX-007", "maxCompletionTokens", "32768", "32769"),
                        v3(Target.V3_TASK, "taskId=czf9fbky", "maxTokens", "4096", "4097"),
                        openAi())
                .flatMap(each -> each);
    }

    static Stream<Arguments> bounds() {
        return all().flatMap(each -> Stream.of(each.least(), each.most()).map(value -> Arguments.of(each, value)));
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void aNumberAtABoundIsSentUnderTheDialectsName(Numbers numbers, String value) {
        JsonNode request = requestOf(numbers.target(), numbers.asked(), numbers.option() + "=" + value);

        assertThat(request.path(numbers.member()).decimalValue()).isEqualByComparingTo(new BigDecimal(value));
    }

    static Stream<Arguments> outside() {
        return all().flatMap(each -> each.refused().stream().map(value -> Arguments.of(each, value)));
    }

    @ParameterizedTest
    @MethodSource("outside")
    void aNumberOutsideIsRefusedAtStartWithOptionValueAndRange(Numbers numbers, String value) {
        IllegalArgumentException refusal = routes.refusalOf(
                numbers.target().bare(routes.service(), numbers.asked(), numbers.option() + "=" + value));

        assertThat(refusal)
                .hasMessageStartingWith("Option %s: %s", numbers.option(), value)
                .hasMessageContaining(numbers.range())
                .hasMessageContaining(numbers.target().dialect());
        assertThat(routes.service().requests()).isEmpty();
    }

    static Stream<Arguments> strangers() {
        Set<String> openAiOnly = Set.of(
                "frequencyPenalty=0.5",
                "presencePenalty=0.5",
                "n=1",
                "logprobs=true",
                "topLogprobs=2",
                "user=clerk-7",
                "responseFormat=text");
        return Stream.of(Target.values()).filter(Target::isNative).flatMap(target -> {
            Set<String> strangers = new TreeSet<>(openAiOnly);
            if (!target.dialect().equals("clova-v3")) {
                strangers.add("thinkingEffort=none");
                strangers.add("tools=[{\"name\":\"find_parcel\"}]");
                strangers.add("toolChoice=auto");
                strangers.add("jsonSchema={\"type\":\"object\"}");
                strangers.add("outputClass=java.awt.Point");
            }
            return strangers.stream().map(option -> Arguments.of(target, option));
        });
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void anOptionThatTheDialectHasNoWordForIsRefusedAtStart(Target target, String option) {
        IllegalArgumentException refusal = routes.refusalOf(target.at(routes.service(), option));

        assertThat(refusal)
                .hasMessage("Option %s: cannot be expressed in dialect %s", option.split("=", -1)[0], target.dialect());
    }

    // ---- words and lists

    @ParameterizedTest
    @CsvSource({
        "V3_MODEL, model=HCX-007, none",
        "V3_MODEL, model=HCX-007, low",
        "V3_MODEL, model=HCX-007, medium",
        "V3_MODEL, model=HCX-007, high",
        "V3_MODEL, model=HCX-005, none",
        "V3_TASK,  taskId=czf9fbky, none",
    })
    void clovaThinksWithTheEffortThatIsAskedFor(Target target, String asked, String effort) {
        JsonNode request = requestOf(target, asked, "thinkingEffort=" + effort);

        assertThat(request.at("/thinking/effort").textValue()).isEqualTo(effort);
    }

    @ParameterizedTest
    @CsvSource({"none", "minimal", "low", "medium", "high"})
    void openAiCompatibleServicesReasonWithTheEffortThatIsAskedFor(String effort) {
        JsonNode request = requestOf(Target.OPENAI, "model=small-1", "thinkingEffort=" + effort);

        assertThat(request.path("reasoning_effort").textValue()).isEqualTo(effort);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V3_MODEL | model=HCX-007 | thinkingEffort=minimal | Option thinkingEffort: | one of high, low, medium, none",
                "V3_MODEL | model=HCX-007 | thinkingEffort=LOW     | Option thinkingEffort: | one of high, low, medium, none",
                "OPENAI   | model=small-1 | thinkingEffort=huge    | Option thinkingEffort: | one of high, low, medium, minimal, none",
                "OPENAI   | model=small-1 | responseFormat=xml     | Option responseFormat: | one of json_object, text",
                "OPENAI   | model=small-1 | stop=a,b,c,d,e         | Option stop:           | at most 4 entries",
                "OPENAI   | model=small-1 | stop=a,,b              | Option stop:           | empty entry",
                "V1_MODEL | model=HCX-003 | stop=a,                | Option stop:           | empty entry",
                "V3_MODEL | model=HCX-005 | thinkingEffort=low     | thinkingEffort=low     | HCX-007",
                "V3_TASK  | taskId=abc    | thinkingEffort=high    | thinkingEffort=high    | HCX-007",
                "V3_MODEL | model=HCX-007 | stop=END               | stop cannot be used    | thinkingEffort=none",
                "OPENAI   | model=small-1 | topLogprobs=2          | topLogprobs            | logprobs=true",
                "OPENAI   | model=small-1 | topLogprobs=2&logprobs=false | topLogprobs      | logprobs=true",
            })
    void aWordOrCombinationThatTheDialectDoesNotTakeIsRefusedAtStart(
            Target target, String asked, String option, String named, String legal) {
        IllegalArgumentException refusal = routes.refusalOf(target.bare(routes.service(), asked, option));

        assertThat(refusal).hasMessageContaining(named).hasMessageContaining(legal);
    }

    @ParameterizedTest
    @CsvSource({"V1_MODEL, stopBefore", "V3_MODEL, stop", "OPENAI, stop"})
    void stopStringsAreAListWhoseBlankEntriesAreMeant(Target target, String member) {
        JsonNode request = requestOf(target, null, "stop=END,%20끝%20,%0A%0A,bye");

        assertThat(request.path(member)).extracting(JsonNode::textValue).containsExactly("END", "끝", "\n\n", "bye");
    }

    @ParameterizedTest
    @CsvSource({"text", "json_object"})
    void theFormOfTheAnswerCanBeAskedFor(String format) {
        JsonNode request = requestOf(Target.OPENAI, null, "responseFormat=" + format);

        assertThat(request.at("/response_format/type").textValue()).isEqualTo(format);
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatIsNoNumberIsRefused(Target target) {
        assertThat(routes.startFailureOf(target.at(routes.service(), "temperature=warm")))
                .contains("temperature", "warm");
    }

    @ParameterizedTest
    @EnumSource
    void notANumberIsNoNumber(Target target) {
        assertThat(routes.refusalOf(target.at(routes.service(), "temperature=NaN")))
                .hasMessage("Option temperature: 'NaN' is not a number");
    }

    private static JsonNode requestOf(Target target, String asked, String option) {
        routes.service().replays(reply(target.hello()));
        String uri = asked == null ? target.at(routes.service(), option) : target.bare(routes.service(), asked, option);
        assertThat(routes.ask(uri, "hello").getException()).isNull();
        return routes.service().requests().get(0).json();
    }
}
