package io.github.camelclova.testing;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections that are open, and how many replies each of them still owes. */
final class Traffic {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final AtomicInteger accepted = new AtomicInteger();
    private final Map<Channel, AtomicInteger> openReplies = new ConcurrentHashMap<>();

    /** The number of a connection that was just accepted. */
    int nextNumber() {
        return accepted.getAndIncrement();
    }

    void opened(Channel channel) {
        openReplies.put(channel, new AtomicInteger());
    }

    void closed(Channel channel) {
        openReplies.remove(channel);
    }

    void replyOpened(Channel channel) {
        openRepliesOf(channel).incrementAndGet();
    }

    void replyClosed(Channel channel) {
        openRepliesOf(channel).decrementAndGet();
    }

    int openConnections() {
        return openReplies.size();
    }

    int openReplies() {
        return openReplies.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** The bytes that were written and that no socket has taken yet. */
    long unwrittenBytes() {
        return openReplies.keySet().stream().mapToLong(Traffic::unwrittenBytes).sum();
    }

    void closeAll() {
        close(List.copyOf(openReplies.keySet()));
    }

    void closeUnfinished() {
        close(openReplies.keySet().stream().filter(this::owesAReply).toList());
    }

    /** Asks the connection's own loop, which may be about to hear that a reply the client has read is written. */
    private boolean owesAReply(Channel channel) {
        return channel.eventLoop()
                .submit(() -> openRepliesOf(channel).get() > 0)
                .syncUninterruptibly()
                .getNow();
    }

    /** Afterwards they are counted no more, although their own loops may hear of it a little later. */
    private void close(List<Channel> channels) {
        List<ChannelFuture> closing = channels.stream().map(Channel::close).toList();
        closing.forEach(close -> close.awaitUninterruptibly(LONGEST_CLOSE.toMillis()));
        openReplies.keySet().removeAll(channels);
    }

    private AtomicInteger openRepliesOf(Channel channel) {
        return openReplies.getOrDefault(channel, new AtomicInteger());
    }

    private static long unwrittenBytes(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }
}
