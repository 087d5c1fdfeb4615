package io.failoverlab.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Takes requests over a socket in the session's folder, which the file system keeps from other users. One line of JSON
 * in, one line out, a connection each.
 */
final class ControlServer implements AutoCloseable {
    private final ServerSocketChannel channel;
    private final Function<ControlRequest, ControlReply> handler;
    private final ObjectMapper json = new ObjectMapper();

    ControlServer(Path socket, Function<ControlRequest, ControlReply> handler) throws IOException {
        this.handler = handler;
        this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name("control").start(this::accept);
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                SocketChannel client = channel.accept();
                Thread.ofVirtual().name("control request").start(() -> answer(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(SocketChannel client) {
        try (client;
                BufferedReader reader = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            if (line == null) {
                return;
            }
            byte[] reply = json.writeValueAsBytes(handle(line));
            client.write(ByteBuffer.wrap(reply));
            client.write(ByteBuffer.wrap(new byte[] {'\n'}));
        } catch (IOException gone) {
            // whoever asked did not wait for the answer
        }
    }

    private ControlReply handle(String line) {
        try {
            return handler.apply(json.readValue(line, ControlRequest.class));
        } catch (IOException notOurs) {
            return ControlReply.refused("expected a request of this version of the lab, found: " + line);
        } catch (RuntimeException failure) {
            return ControlReply.refused(failure.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
