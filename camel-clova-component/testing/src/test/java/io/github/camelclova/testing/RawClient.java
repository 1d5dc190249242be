package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A client that shows every byte of the answer. */
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient post(String path, String body, String... headerLines) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(UTF_8));
        request.writeBytes(bytes);
        return send(request.toByteArray());
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Everything up to the end of the connection. Throws what the socket throws, a reset for one. */
    String readAll() throws IOException {
        return new String(in.readAllBytes(), UTF_8);
    }

    /** Everything up to these words, which must come. */
    String readUntil(String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int next = -1;
        while (next != end.charAt(end.length() - 1) || !read.toString(UTF_8).endsWith(end)) {
            next = in.read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + read.toString(UTF_8));
            }
            read.write(next);
        }
        return read.toString(UTF_8);
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
