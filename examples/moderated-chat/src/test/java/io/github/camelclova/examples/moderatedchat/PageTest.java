package io.github.camelclova.examples.moderatedchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.LiveReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The page in a real browser. The screenshots go to {@code target/screenshots}; with {@code -Dscreenshots=update} also to
 * {@code screenshots}, from where the README shows them.
 */
@Timeout(60)
class PageTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @RegisterExtension
    static final ClovaStandInExtension SERVICE =
            new ClovaStandInExtension(ClovaStandIn.builder().tokenDelay(Duration.ofMillis(15)));

    @TempDir
    private static Path profile;

    private static Browser browser;
    private static ChatServer server;

    @BeforeAll
    static void open() throws Exception {
        browser = Browser.start(profile);
        server = ChatServer.start(0, "HCX-005", SERVICE.get().baseUrl());
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openPage() {
        browser.resize(1000, 800);
        browser.open(server.url());
        browser.find("[data-language=en]").click();
    }

    @AfterEach
    void hasNothingToComplainAbout() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsEachTokenOfALiveAnswerBeforeTheNextIsMade() {
        LiveReply answer = liveAnswer();

        ask("live", "What is an air purifier good for?");

        String shown = "";
        for (String token : List.of("It takes ", "dust, ", "pollen ", "and smoke ")) {
            answer.send(Service.token(token));
            shown += token;
            awaitText(".answered", shown);
            assertThat(browser.find("#talk li").getAttribute("aria-busy")).isEqualTo("true");
        }
        shoot("live");
        Service.finish(answer, shown, 2);
        awaitText(".outcome", "Verdict: safe.");
        awaitText(".answered", shown);
        assertThat(browser.find("#talk li").getAttribute("aria-busy")).isEqualTo("false");
        assertThat(browser.find("#announcement").getAttribute("textContent")).contains("smoke", "Verdict: safe.");
    }

    @Test
    void neverHasTheTextOfAFlaggedAnswerInSafeModeUnlessItIsAReviewers() throws Exception {
        // With a review queue of its own, for the screenshot.
        try (ChatServer fresh = ChatServer.start(0, "HCX-005", SERVICE.get().baseUrl())) {
            browser.open(fresh.url());
            ask("safe", "What is an air purifier good for?");
            awaitText(".outcome", "Verdict: safe.");
            ask("safe", "You idiot, why is my order late?");
            awaitText(
                    "li:last-child .outcome",
                    "The AI filter flagged this answer (unsafe: insult). It was withheld and waits for a review.");

            assertThat(browser.text("#talk li:last-child .answered")).isEmpty();
            awaitText("#review .why", "unsafe: insult");
            assertThat(browser.text("#review p")).isEqualTo("You idiot, why is my order late?");
            assertThat(browser.all("#review details")).isEmpty();
            shoot("withheld");

            browser.open(fresh.reviewerUrl());
            await().untilAsserted(
                            () -> assertThat(browser.all("#review details")).isNotEmpty());
            browser.find("#review summary").click();
            assertThat(browser.text("#review details p")).startsWith("This is the stand-in service");
            browser.open("about:blank");
        }
    }

    @Test
    void takesTheTextOfAFlaggedLiveAnswerBackAndSaysThatItWasSeen() {
        LiveReply answer = liveAnswer();
        ask("live", "hello");
        answer.send(Service.token("you fool"));
        awaitText(".answered", "you fool");

        Service.finish(answer, "you fool", 0);

        awaitText(
                ".outcome",
                "The AI filter flagged this answer (unsafe: insult). "
                        + "You may have seen its text; it has been taken back and waits for a review.");
        assertThat(browser.run("return document.body.textContent").toString()).doesNotContain("you fool");
    }

    @Test
    void showsTextAsTextWhateverItLooksLike() {
        String hostile = "<img src=x onerror=\"document.title='owned'\"><b>bold</b>";
        LiveReply answer = liveAnswer();
        ask("live", "<i>question</i>");
        answer.send(Service.token(hostile));

        awaitText(".answered", hostile);
        Service.finish(answer, hostile, 0);

        awaitText("#review p", "<i>question</i>");
        assertThat(browser.all("#talk img, #talk b, #talk i, #review i")).isEmpty();
        assertThat(browser.run("return document.title")).isEqualTo("Moderated chat");
    }

    @Test
    void stopsTheServiceWithItsButtonAndWithTheKeyboard() {
        LiveReply answer = liveAnswer();
        ask("live", "hello");
        answer.send(Service.token("half an "));
        awaitText(".answered", "half an");

        Instant begin = Instant.now();
        browser.find("#cancel").click();

        answer.awaitClientGone(SOON);
        assertThat(Duration.between(begin, answer.clientGoneAt().orElseThrow())).isLessThan(Duration.ofSeconds(2));
        awaitText(".outcome", "Cancelled. The service was stopped, and nobody has judged what had come by then.");
        assertThat(browser.focused().getAttribute("id")).isEqualTo("question");

        LiveReply second = liveAnswer();
        ask("safe", "hello again");
        second.awaitStarted(SOON);
        second.send(Service.token("half an "));
        browser.find("#question").sendKeys(Keys.ESCAPE);

        second.awaitClientGone(SOON);
        awaitText("li:last-child .outcome", "Cancelled. The service was stopped.");
        assertThat(browser.text("li:last-child .answered")).isEmpty();
    }

    @Test
    void stopsTheServiceWhenThePageIsLeft() {
        LiveReply answer = liveAnswer();
        ask("live", "hello");
        answer.awaitStarted(SOON);

        browser.open("about:blank");

        answer.awaitClientGone(SOON);
        browser.open(server.url());
    }

    @Test
    void speaksKoreanOnAScreenAsNarrowAsAPhone() {
        browser.resize(320, 1270);
        browser.find("[data-language=ko]").click();
        assertThat(browser.find("html").getAttribute("lang")).isEqualTo("ko");
        assertThat(browser.text("#send")).isEqualTo("보내기");
        assertThat(browser.find("[data-language=ko]").getAttribute("aria-pressed"))
                .isEqualTo("true");

        browser.find("[data-sample=rudeSample]").click();
        browser.focused().sendKeys(Keys.ENTER);

        awaitText(".outcome", "AI 필터가 이 답변을 걸러 냈습니다(위험: 모욕). 본문을 보류했고 검토를 기다립니다.");
        awaitText("#review p", "이 바보야, 내 주문은 왜 이렇게 늦어?");
        assertThat(browser.text("#review .why")).isEqualTo("위험: 모욕");
        ask("live", "공기청정기는 어디에 쓰나요?");
        awaitText("li:last-child .outcome", "판정: 안전.");
        assertThat(browser.find("li:last-child .answered").getAttribute("lang")).isEqualTo("ko");
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(320L);
        shoot("korean");

        browser.find("[data-language=en]").click();
        awaitText("li:last-child .outcome", "Verdict: safe.");
    }

    @Test
    void isUsedWithTheKeyboardAlone() {
        browser.open(server.url());
        for (String next : List.of("Skip to the question", "한국어", "English", "", "", "Send")) {
            browser.focused().sendKeys(Keys.TAB);
            assertThat(browser.focused().getText()).isEqualTo(next);
            assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
                    .isEqualTo("solid");
        }

        LiveReply answer = liveAnswer();
        browser.find("#question").sendKeys("first line", Keys.chord(Keys.SHIFT, Keys.ENTER), "second line", Keys.ENTER);
        assertThat(browser.text(".asked")).isEqualTo("first line\nsecond line");
        Service.finish(answer, "fine", 2);
        awaitText(".outcome", "Verdict: safe.");
    }

    @Test
    void givesEveryControlANameAndEveryTextEnoughContrast() {
        ask("safe", "You idiot, why is my order late?");
        awaitText("#review .why", "unsafe: insult");

        assertThat(browser.run("""
                        return [...document.querySelectorAll("button, input, textarea")]
                            .filter(control => !control.textContent.trim() && !control.labels?.length)
                            .map(control => control.outerHTML)""")).isEqualTo(List.of());
        assertThat(browser.run(CONTRASTS)).isEqualTo(List.of());
    }

    /** Texts with less than the 4.5 to 1 that WCAG 2 asks for at level AA; disabled controls are exempt. */
    private static final String CONTRASTS = """
            const colour = text => text.match(/[\\d.]+/g).map(Number);
            const light = ([r, g, b]) => [r, g, b]
                .map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const ground = element => {
                for (let at = element; at; at = at.parentElement) {
                    const [r, g, b, a = 1] = colour(getComputedStyle(at).backgroundColor);
                    if (a === 1) return [r, g, b];
                }
                return [255, 255, 255];
            };
            return [...document.querySelectorAll("body *")]
                .filter(element => !element.disabled && element.checkVisibility()
                    && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                .map(element => {
                    const [a, b] = [light(colour(getComputedStyle(element).color)), light(ground(element))].sort();
                    return [element.textContent, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
                })
                .filter(([text, contrast]) => contrast < 4.5)""";

    private static void ask(String mode, String question) {
        browser.find("input[value=%s]".formatted(mode)).click();
        browser.find("#question").sendKeys(question);
        browser.find("#send").click();
    }

    private static void awaitText(String selector, String text) {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(browser.text(selector))
                .isEqualToIgnoringWhitespace(text));
    }

    private static LiveReply liveAnswer() {
        LiveReply answer = new LiveReply();
        SERVICE.get().replays(answer.reply());
        return answer;
    }

    private static void shoot(String name) {
        Path shot = Path.of("target/screenshots", name + ".png");
        browser.shoot(shot);
        if ("update".equals(System.getProperty("screenshots"))) {
            try {
                Files.createDirectories(Path.of("screenshots"));
                Files.write(Path.of("screenshots", name + ".png"), Files.readAllBytes(shot));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
