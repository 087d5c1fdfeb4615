package io.failoverlab.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Answers over a socket in the session's folder, which the file system keeps from other users. One line in, one line out, a
 * connection each.
 */
final class LineServer implements AutoCloseable {
    private final ServerSocketChannel channel;
    private final UnaryOperator<String> answers;

    /**
     * @param socket where it is found; one that a process left there that was killed is replaced
     * @param answers a line without its end for each, and never throws
     */
    LineServer(Path socket, String name, UnaryOperator<String> answers) throws IOException {
        this.answers = answers;
        this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Files.deleteIfExists(socket);
        channel.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name(name).start(() -> accept(name));
    }

    private void accept(String name) {
        while (channel.isOpen()) {
            try {
                SocketChannel client = channel.accept();
                Thread.ofVirtual().name(name + " request").start(() -> answer(client));
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
            ByteBuffer answer = ByteBuffer.wrap((answers.apply(line) + "\n").getBytes(StandardCharsets.UTF_8));
            while (answer.hasRemaining()) {
                client.write(answer);
            }
        } catch (IOException gone) {
            // whoever asked did not wait for the answer
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
