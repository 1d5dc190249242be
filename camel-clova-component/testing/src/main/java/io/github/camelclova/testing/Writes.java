package io.github.camelclova.testing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;

/** What is done to a socket. A failure needs no care here: it ends the connection, and that is seen there. */
final class Writes {

    private Writes() {}

    static void flush(Channel channel, ByteBuf bytes) {
        flush(channel, bytes, () -> {});
    }

    /** Runs the rest once the socket has taken all of the bytes, and never if it does not. */
    static void flush(Channel channel, ByteBuf bytes, Runnable then) {
        var unused = channel.writeAndFlush(bytes).addListener(write -> {
            if (write.isSuccess()) {
                then.run();
            }
        });
    }

    static void end(Channel channel, Ending ending) {
        switch (ending) {
            case CLOSE -> {
                var unused = channel.close();
            }
            case RESET -> {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                // Past the pipeline, where TLS would say goodbye first.
                channel.unsafe().close(channel.voidPromise());
            }
            case HALF_CLOSE -> {
                var unused = ((SocketChannel) channel).shutdownOutput();
            }
            case KEEP_ALIVE, STALL -> {}
        }
    }
}
