package io.github.camelclova.examples.structured;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ToolCall;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The articles that there are: answers the model's questions and checks what it makes of the answers. */
public final class Catalogue {

    private static final String NOT_FOUND = "not found";

    private record Article(String number, String name, BigDecimal price) {}

    private final Map<String, Article> byNumber = new LinkedHashMap<>();

    /** Reads a file with the columns number, name and price. */
    Catalogue(Path csv) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader lines = Files.newBufferedReader(csv, UTF_8)) {
            for (CSVRecord line : format.parse(lines)) {
                String number = line.get("number");
                byNumber.put(number, new Article(number, line.get("name"), new BigDecimal(line.get("price"))));
            }
        }
    }

    /** The conversation so far with the answer to every call, for the model's second round. */
    public List<ChatMessage> answers(
            @Variable("mail") String mail, @Header(ClovaConstants.TOOL_CALLS) List<ToolCall> calls, @Body String said) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(ChatMessage.user(mail));
        messages.add(ChatMessage.assistant(said, calls));
        calls.forEach(call -> messages.add(ChatMessage.tool(call.id(), answer(call))));
        return messages;
    }

    /** Names and arguments come from the model, so they are compared with what is known and used for nothing else. */
    private String answer(ToolCall call) {
        if (!call.name().equals("find_article")) {
            return "no such function";
        }
        return find(String.valueOf(call.arguments().get("name")))
                .map(Article::number)
                .orElse(NOT_FOUND);
    }

    private Optional<Article> find(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return byNumber.values().stream()
                .filter(article -> wanted.contains(article.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * The order with names and prices.
     *
     * @throws UnclearOrderException if it has an article that there is none of
     */
    public PricedOrder priced(Order order) {
        List<PricedOrder.Line> lines = order.lines().stream().map(this::priced).toList();
        BigDecimal total = lines.stream()
                .map(line -> line.price().multiply(BigDecimal.valueOf(line.pieces())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new PricedOrder(order.customer(), lines, total);
    }

    private PricedOrder.Line priced(Order.Line line) {
        Article article = byNumber.get(line.article());
        if (article == null) {
            throw new UnclearOrderException("there is no article " + line.article());
        }
        return new PricedOrder.Line(article.number(), article.name(), line.pieces(), article.price());
    }
}
