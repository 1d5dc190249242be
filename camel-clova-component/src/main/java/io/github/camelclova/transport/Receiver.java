package io.github.camelclova.transport;

import io.github.camelclova.chat.ClovaException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Takes a response as it arrives.
 *
 * <p>{@code head}, {@code data} and {@code end} are called one after the other on an I/O
 * thread and must not block; {@code failed} may come from any thread, even while one of the others runs. Either {@code
 * end} or {@code failed} is the last call that counts, and it comes once.
 */
public interface Receiver {

    /**
     * The response begins.
     *
     * @param headers by lower-case name; of a repeated header the first value
     * @param call to grant what is taken, or to give up
     */
    void head(int status, Map<String, String> headers, RunningCall call);

    /**
     * A piece of the body, after decompression.
     *
     * @param wireBytes bytes of the connection's window that it used up; {@link RunningCall#grant} gives them back
     * @throws ClovaException to end the call with this failure
     */
    void data(ByteBuffer piece, int wireBytes);

    void end();

    void failed(ClovaException failure);
}
