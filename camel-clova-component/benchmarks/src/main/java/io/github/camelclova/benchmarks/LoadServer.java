package io.github.camelclova.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The service of the load programs. Prints its port and lives until its input ends. */
public final class LoadServer {

    private static final int BACKLOG = 4096;
    private static final int LARGEST_REQUEST = 1024 * 1024;

    private LoadServer() {}

    public static void main(String[] args) throws IOException {
        EventLoopGroup thread = new NioEventLoopGroup(1);
        int port = ((InetSocketAddress) new ServerBootstrap()
                        .group(thread)
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childHandler(new ChannelInitializer<SocketChannel>() {
                            @Override
                            protected void initChannel(SocketChannel channel) {
                                channel.pipeline()
                                        .addLast(
                                                new HttpRequestDecoder(),
                                                new HttpObjectAggregator(LARGEST_REQUEST),
                                                new LoadConnection());
                            }
                        })
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .syncUninterruptibly()
                        .channel()
                        .localAddress())
                .getPort();
        System.out.println(port);
        while (System.in.read() >= 0) {
            // Whoever started it holds the other end.
        }
        thread.shutdownGracefully();
    }
}
