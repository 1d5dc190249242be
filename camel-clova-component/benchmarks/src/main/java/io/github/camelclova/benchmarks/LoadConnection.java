package io.github.camelclova.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to {@link LoadServer}: answers by the {@link Plan} that the last segment of the path names. */
final class LoadConnection extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Map<Plan, ByteBuf> REPLIES = new ConcurrentHashMap<>();
    private static final int ROOM_FOR_A_TOKEN = 512;

    private @Nullable ScheduledFuture<?> pace;
    private int sent;

    @Override
    protected void channelRead0(ChannelHandlerContext connection, FullHttpRequest request) {
        Plan plan = Plan.ofModel(request.uri().substring(request.uri().lastIndexOf('/') + 1));
        if (plan.isPaced()) {
            sent = 0;
            connection.writeAndFlush(Wire.head(), connection.voidPromise());
            long nanos = plan.pause().toNanos();
            pace = connection
                    .executor()
                    .scheduleAtFixedRate(() -> tick(connection, plan), 0, nanos, TimeUnit.NANOSECONDS);
        } else {
            ByteBuf reply = REPLIES.computeIfAbsent(plan, LoadConnection::reply);
            connection.writeAndFlush(reply.retainedDuplicate(), connection.voidPromise());
        }
    }

    private static ByteBuf reply(Plan plan) {
        return Unpooled.unreleasableBuffer(plan.equals(Plan.WHOLE) ? Wire.whole() : Wire.stream(plan.tokens()));
    }

    private void tick(ChannelHandlerContext connection, Plan plan) {
        if (sent++ < plan.tokens()) {
            ByteBuf token = Wire.stampedToken(connection.alloc().directBuffer(ROOM_FOR_A_TOKEN));
            connection.writeAndFlush(token, connection.voidPromise());
        } else {
            connection.writeAndFlush(Wire.tail("", plan.tokens()), connection.voidPromise());
            stop();
        }
    }

    private void stop() {
        if (pace != null) {
            pace.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext connection) {
        stop();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext connection, Throwable cause) {
        connection.close();
    }
}
