package io.failoverlab.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The lab at the other end of a Unix socket, where no container and no other user comes: one line of JSON there, one line back, a
 * connection each.
 */
record LabSocket(Path path) implements Lab {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public JsonNode ask(JsonNode request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            ByteBuffer line = ByteBuffer.wrap((request.toString() + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            String answer = reader.readLine();
            if (answer == null) {
                throw new IOException("it ended before it answered");
            }
            return JSON.readTree(answer);
        }
    }
}
