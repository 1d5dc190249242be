package io.github.camelclova.transport;

import org.apache.hc.core5.http.message.BasicHeader;

/** A header whose value is sent and never shown: the HTTP client logs headers through {@code toString}. */
final class SecretHeader extends BasicHeader {

    private static final long serialVersionUID = 1L;

    SecretHeader(String name, String value) {
        super(name, value);
    }

    @Override
    public String toString() {
        return getName() + ": xxxxxx";
    }
}
