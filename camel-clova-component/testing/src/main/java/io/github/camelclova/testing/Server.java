package io.github.camelclova.testing;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The listening socket and its two threads. */
final class Server implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int BACKLOG = 4096;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int READ_AT_ONCE = 64 * 1024;

    /** Small, so that a client that does not read is noticed soon. */
    private static final int SEND_BUFFER = 64 * 1024;

    private final EventLoopGroup threads =
            new NioEventLoopGroup(THREADS, new DefaultThreadFactory("clova-stand-in", true));
    private final Traffic traffic;
    private final Channel listener;
    private final int port;

    /** Throws {@link IllegalStateException} when the port is taken; 0 takes a free one. */
    Server(int port, @Nullable SSLContext tls, Traffic traffic, Function<ReceivedRequest, Reply> answers) {
        this.traffic = traffic;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        join(channel.pipeline(), tls, new Connection(traffic, answers));
                    }
                });
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close(threads);
            throw new IllegalStateException("cannot listen on " + address, bound.cause());
        }
        this.listener = bound.channel();
        this.port = ((InetSocketAddress) listener.localAddress()).getPort();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        traffic.closeAll();
        close(threads);
    }

    private void join(ChannelPipeline pipeline, @Nullable SSLContext tls, Connection connection) {
        if (tls != null) {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(false);
            pipeline.addLast(new SslHandler(engine));
        }
        pipeline.addLast(
                new HttpRequestDecoder(LONGEST_LINE, LONGEST_LINE, READ_AT_ONCE),
                new RequestCollector(traffic.nextNumber()),
                connection);
    }

    private static void close(EventLoopGroup threads) {
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
