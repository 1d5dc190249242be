package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.chat.ContentPart.ImageBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Reads the parts of a message's content as OpenAI and CLOVA spell them. An image is an {@code http} or {@code https} URL or
 * comes along as Base64: data never names a local file.
 */
final class ContentParts {

    private static final String DATA = "data:";
    private static final String BASE64 = ";base64";

    /** Of all that stands before the Base64 text in a data URL. */
    private static final int LONGEST_HEAD = 200;

    private ContentParts() {}

    /** @param parts an array */
    static List<ContentPart> of(JsonNode parts, int position) {
        List<ContentPart> read = new ArrayList<>();
        parts.forEach(part -> read.add(part(part, position, read.size())));
        return read;
    }

    /** @param parts each of them ready, or a map */
    static List<ContentPart> of(List<?> parts, int position) {
        List<ContentPart> read = new ArrayList<>();
        parts.forEach(part ->
                read.add(part instanceof ContentPart ready ? ready : part(Json.node(part), position, read.size())));
        return read;
    }

    private static ContentPart part(JsonNode part, int position, int at) {
        try {
            return part(part);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException(
                    "entry %d, part %d: %s".formatted(position, at, unfit.getMessage()), unfit);
        }
    }

    private static ContentPart part(JsonNode part) {
        String type = part.path("type").asText();
        if (type.equals("text") && part.path("text").isTextual()) {
            return ContentPart.text(part.path("text").textValue());
        }
        List<JsonNode> images = new ArrayList<>();
        for (JsonNode image : List.of(part.at("/image_url/url"), part.at("/imageUrl/url"), part.at("/dataUri/data"))) {
            if (image.isTextual()) {
                images.add(image);
            }
        }
        if (!type.equals("image_url") || images.size() != 1) {
            throw new IllegalArgumentException(
                    "needs the type text with text, or image_url with one of image_url.url, imageUrl.url and dataUri.data");
        }
        String image = images.get(0).textValue();
        if (image.regionMatches(true, 0, DATA, 0, DATA.length())) {
            return dataUrl(image);
        }
        return part.has("dataUri") ? new ImageBytes(bytes(image, 0), "") : ContentPart.imageUrl(image);
    }

    /** Any parameters between the type and the word that says Base64 do not matter to an image. */
    private static ContentPart dataUrl(String url) {
        int comma = url.substring(0, Math.min(url.length(), LONGEST_HEAD)).indexOf(',');
        String head = comma < 0 ? "" : url.substring(DATA.length(), comma).toLowerCase(Locale.ROOT);
        if (!head.endsWith(BASE64)) {
            throw new IllegalArgumentException("a data URL needs the form data:image/TYPE;base64,DATA");
        }
        String mediaType = head.split(";", 2)[0];
        return new ImageBytes(bytes(url, comma + 1), mediaType);
    }

    private static ByteBuffer bytes(String text, int from) {
        if (text.length() - from > Base64Text.length(ImageBytes.LARGEST)) {
            throw ImageBytes.tooLarge();
        }
        byte[] base64 = text.getBytes(ISO_8859_1);
        try {
            return Base64.getDecoder().decode(ByteBuffer.wrap(base64, from, base64.length - from));
        } catch (IllegalArgumentException malformed) {
            // Without a cause, which tells a piece of it.
            throw new IllegalArgumentException("the data of an image are no Base64");
        }
    }
}
