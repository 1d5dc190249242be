package io.github.camelclova.testing;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client's connection: requests in, replies out in the same order. Lives on one event loop. */
final class Connection extends SimpleChannelInboundHandler<ReceivedRequest> {

    private final Traffic traffic;
    private final Function<ReceivedRequest, Reply> answers;
    private final Deque<Delivery> deliveries = new ArrayDeque<>();

    Connection(Traffic traffic, Function<ReceivedRequest, Reply> answers) {
        this.traffic = traffic;
        this.answers = answers;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        traffic.opened(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        deliveries.forEach(delivery -> {
            delivery.abandon();
            traffic.replyClosed(context.channel());
        });
        deliveries.clear();
        traffic.closed(context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ReceivedRequest request) {
        // Before the request is recorded, so that whoever awaits the request also sees that its reply is open.
        traffic.replyOpened(context.channel());
        boolean last =
                request.header("Connection").filter("close"::equalsIgnoreCase).isPresent();
        deliver(context.channel(), answers.apply(request), last ? Ending.CLOSE : Ending.KEEP_ALIVE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Delivery current = deliveries.peek();
        if (current != null) {
            current.resume();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        Refusal refusal = refusalIn(failure);
        if (refusal == null) {
            Writes.end(context.channel(), Ending.CLOSE);
        } else {
            traffic.replyOpened(context.channel());
            deliver(context.channel(), NativeErrors.reply(refusal).closesConnection(), Ending.CLOSE);
        }
    }

    private void deliver(Channel channel, Reply reply, Ending atLeast) {
        deliveries.add(delivery(channel, reply, atLeast));
        if (deliveries.size() == 1) {
            deliveries.element().start();
        }
    }

    private Delivery delivery(Channel channel, Reply reply, Ending atLeast) {
        Runnable next = () -> {
            deliveries.remove();
            traffic.replyClosed(channel);
            if (!deliveries.isEmpty()) {
                deliveries.element().start();
            }
        };
        try {
            return new Delivery(channel, reply, atLeast, next);
        } catch (IllegalStateException e) {
            return new Delivery(channel, Reply.text(500, "text/plain", String.valueOf(e.getMessage())), atLeast, next);
        }
    }

    private static @Nullable Refusal refusalIn(Throwable failure) {
        Throwable cause = failure.getCause();
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        return cause == null ? null : refusalIn(cause);
    }
}
