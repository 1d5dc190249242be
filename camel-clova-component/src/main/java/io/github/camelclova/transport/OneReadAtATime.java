package io.github.camelclova.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.Lock;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection that is read once each time it has something. The HTTP client reads a chunked body until nothing is left,
 * and when it meets the end of the connection on the way it drops what it had just read: an answer whose last bytes and
 * whose end come together would lose these bytes. Read once at a time, the end is met with empty hands.
 *
 * <p>Bytes that nobody has asked for close it.
 */
final class OneReadAtATime implements IOSession {

    private final IOSession session;
    private final HeadWatch head = new HeadWatch();
    private volatile boolean hasRead;

    OneReadAtATime(IOSession session) {
        this.session = session;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (hasRead) {
            return 0;
        }
        int from = into.position();
        int bytes = session.read(into);
        hasRead = bytes > 0;
        if (bytes < 0 && head.isInHead()) {
            throw new ConnectionClosedException("The connection was closed inside the head of the response");
        }
        if (bytes > 0 && head.isAnswered()) {
            throw new ConnectionClosedException("The service sent more than it was asked for");
        }
        head.came(into, from, into.position());
        return bytes;
    }

    /** Called each time the connection has something, before it is read. */
    @Override
    public void updateReadTime() {
        hasRead = false;
        session.updateReadTime();
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        head.asked();
        return session.write(from);
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public IOEventHandler getHandler() {
        return session.getHandler();
    }

    @Override
    public void upgrade(IOEventHandler handler) {
        session.upgrade(handler);
    }

    @Override
    public String getId() {
        return session.getId();
    }

    @Override
    public Lock getLock() {
        return session.getLock();
    }

    @Override
    public void enqueue(Command command, Command.Priority priority) {
        session.enqueue(command, priority);
    }

    @Override
    public boolean hasCommands() {
        return session.hasCommands();
    }

    @Override
    public Command poll() {
        Command command = session.poll();
        if (command instanceof RequestExecutionCommand request) {
            HttpExchangeCall.of(request.getContext()).ifPresent(call -> call.runsOver(head));
        }
        return command;
    }

    @Override
    public ByteChannel channel() {
        return session.channel();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return session.getRemoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return session.getLocalAddress();
    }

    @Override
    public int getEventMask() {
        return session.getEventMask();
    }

    @Override
    public void setEventMask(int operations) {
        session.setEventMask(operations);
    }

    @Override
    public void setEvent(int operation) {
        session.setEvent(operation);
    }

    @Override
    public void clearEvent(int operation) {
        session.clearEvent(operation);
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public void close(CloseMode closeMode) {
        session.close(closeMode);
    }

    @Override
    public Status getStatus() {
        return session.getStatus();
    }

    @Override
    public Timeout getSocketTimeout() {
        return session.getSocketTimeout();
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        session.setSocketTimeout(timeout);
    }

    @Override
    public long getLastReadTime() {
        return session.getLastReadTime();
    }

    @Override
    public long getLastWriteTime() {
        return session.getLastWriteTime();
    }

    @Override
    public long getLastEventTime() {
        return session.getLastEventTime();
    }

    @Override
    public void updateWriteTime() {
        session.updateWriteTime();
    }

    @Override
    public String toString() {
        return session.toString();
    }
}
