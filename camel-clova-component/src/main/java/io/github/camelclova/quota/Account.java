package io.github.camelclova.quota;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who asks whom: calls of one account share its quotas. Made of a host and a key, and neither can be read from it: the digest
 * is salted anew in every JVM.
 */
public record Account(String digest) {

    private static final byte[] SALT = salt();

    /**
     * The account that a key has at a service.
     *
     * @param baseUrl only host and port count, so that the dialects of one service share an account
     * @param secrets the headers that say who asks; empty where the service asks for no key
     */
    public static Account of(URI baseUrl, Map<String, String> secrets) {
        MessageDigest digest = sha256();
        digest.update(SALT);
        add(digest, baseUrl.getHost().toLowerCase(Locale.ROOT));
        add(digest, String.valueOf(port(baseUrl)));
        new TreeMap<>(secrets).forEach((name, value) -> {
            add(digest, name.toLowerCase(Locale.ROOT));
            add(digest, value);
        });
        return new Account(HexFormat.of().formatHex(digest.digest()));
    }

    private static int port(URI baseUrl) {
        if (baseUrl.getPort() != -1) {
            return baseUrl.getPort();
        }
        return "http".equalsIgnoreCase(baseUrl.getScheme()) ? 80 : 443;
    }

    private static byte[] salt() {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    /** With its length, so that no two lists of texts give the same bytes. */
    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JVM has SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return "Account";
    }
}
