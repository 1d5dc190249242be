package io.github.camelclova.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code status} envelope of CLOVA Studio. */
final class NativeErrors {

    private NativeErrors() {}

    static Reply reply(Refusal refusal) {
        return Reply.json(refusal.status(), Json.write(envelope(refusal.code(), refusal.label())));
    }

    static ObjectNode envelope(String code, String message) {
        ObjectNode envelope = Json.object();
        envelope.putObject("status").put("code", code).put("message", message);
        return envelope;
    }
}
