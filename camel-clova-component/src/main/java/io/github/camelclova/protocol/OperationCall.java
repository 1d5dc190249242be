package io.github.camelclova.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.OperationResult;
import io.github.camelclova.transport.HttpReply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of an operation other than chat: where it goes, what it says, and how its answer is read. */
public final class OperationCall {

    private static final String API_TOOLS = "/v1/api-tools/";
    private static final String EMBEDDING_V2_MODEL = "bge-m3";
    private static final Set<GenerationOption> COUNTED =
            Set.of(GenerationOption.TOOLS, GenerationOption.TOOL_CHOICE, GenerationOption.JSON_SCHEMA);

    final String requestId;
    final @Nullable String model;
    final URI address;
    final byte @Nullable [] body;
    private final Function<JsonNode, OperationResult> reader;

    private OperationCall(
            String requestId, URI address, byte @Nullable [] body, Function<JsonNode, OperationResult> reader) {
        this(requestId, null, address, body, reader);
    }

    /** @param model that was asked for; absent where there is no choice */
    private OperationCall(
            String requestId,
            @Nullable String model,
            URI address,
            byte @Nullable [] body,
            Function<JsonNode, OperationResult> reader) {
        this.requestId = requestId;
        this.model = model;
        this.address = address;
        this.body = body;
        this.reader = reader;
    }

    /** Fails with a {@link io.github.camelclova.chat.ClovaException} if the reply is a refusal or no answer. */
    OperationResult decode(HttpReply reply) {
        JsonNode document = ReplyReader.read(reply, requestId);
        try {
            return reader.apply(document);
        } catch (IllegalArgumentException incomplete) {
            throw new ClovaUnreadableException(
                    String.valueOf(incomplete.getMessage()),
                    Failure.of(requestId).withStatus(reply.status()),
                    null);
        }
    }

    /**
     * Vectors of texts, in their order. CLOVA Studio takes one text a call, OpenAI-compatible services take all at once.
     *
     * @param model needed by OpenAI-compatible services; at CLOVA Studio one of embedding v1, or absent for embedding v2
     */
    public static List<OperationCall> embeddings(
            Service service, String requestId, @Nullable String model, List<String> texts) {
        if (!service.dialect().isNative()) {
            ObjectNode body = Json.object().put("model", model).put("encoding_format", "float");
            ArrayNode input = body.putArray("input");
            texts.forEach(input::add);
            return List.of(new OperationCall(
                    requestId,
                    model,
                    service.address("/embeddings"),
                    bytes(body, service),
                    document -> OperationReader.openAiVectors(document, texts.size())));
        }
        String path = API_TOOLS + "embedding/" + embedding(model);
        return texts.stream()
                .map(text -> new OperationCall(
                        requestId,
                        model,
                        service.address(path),
                        bytes(Json.object().put("text", text), service),
                        OperationReader::vector))
                .toList();
    }

    private static String embedding(@Nullable String model) {
        return model == null || model.equals(EMBEDDING_V2_MODEL) ? "v2" : PathSegment.checked("model", model);
    }

    /** The tokens of what a chat with this request would send: its messages, and its tools and schema where it has them. */
    public static OperationCall countTokens(Service service, ChatRequest request) {
        String version = service.dialect() == Dialect.CLOVA_V1 ? API_TOOLS : "/v3/api-tools/";
        String model = PathSegment.checked("model", requireNonNull(request.model(), "model"));
        byte[] body = new RequestBody(service.dialect())
                .messages(request.messages())
                .options(request, COUNTED)
                .additional(service.additionalMembers())
                .bytes();
        return new OperationCall(
                request.requestId(),
                model,
                service.address(version + "chat-tokenize/" + model),
                body,
                OperationReader::count);
    }

    /** A shorter text of all of these. */
    public static OperationCall summarize(Service service, String requestId, List<String> texts) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("texts");
        texts.forEach(list::add);
        return new OperationCall(
                requestId,
                service.address(API_TOOLS + "summarization/v2"),
                bytes(body, service),
                OperationReader::summary);
    }

    /** The topics of a text. */
    public static OperationCall segment(Service service, String requestId, String text) {
        return new OperationCall(
                requestId,
                service.address(API_TOOLS + "segmentation"),
                bytes(Json.object().put("text", text), service),
                OperationReader::segments);
    }

    /** An answer to a query from documents, whose texts are given by their ids. */
    public static OperationCall rerank(Service service, String requestId, String query, Map<String, String> documents) {
        ObjectNode body = Json.object().put("query", query);
        ArrayNode list = body.putArray("documents");
        documents.forEach((id, text) -> list.addObject().put("id", id).put("doc", text));
        return new OperationCall(
                requestId,
                service.address(API_TOOLS + "reranker"),
                bytes(body, service),
                OperationReader::citingAnswer);
    }

    /** The ids of the models that an OpenAI-compatible service offers. */
    public static OperationCall models(Service service, String requestId) {
        return new OperationCall(requestId, service.address("/models"), null, OperationReader::models);
    }

    private static byte[] bytes(ObjectNode body, Service service) {
        RequestBody.add(service.additionalMembers(), body);
        return Json.write(body);
    }
}
