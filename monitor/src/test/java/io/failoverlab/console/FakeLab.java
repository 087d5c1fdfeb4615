package io.failoverlab.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A lab at the other end of a socket: it offers what it was given, and notes what it is asked to do. */
public final class FakeLab implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ServerSocketChannel channel;
    private final Path socket;
    private final List<JsonNode> done = new CopyOnWriteArrayList<>();
    private volatile JsonNode offers;
    private volatile String refusal = "";

    /** @param offers the answer to what can be done, in JSON */
    public FakeLab(Path socket, String offers) throws IOException {
        this.socket = socket;
        this.offers = JSON.readTree(offers);
        this.channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name("fake lab").start(this::accept);
    }

    public Path socket() {
        return socket;
    }

    /** The answer from now on. */
    public void offers(String json) throws IOException {
        offers = JSON.readTree(json);
    }

    /** What it was asked to do. */
    public List<JsonNode> done() {
        return List.copyOf(done);
    }

    /** Refuses from now on, with the reason; an empty one ends that. */
    public void refuse(String reason) {
        refusal = reason;
    }

    private void accept() {
        while (channel.isOpen()) {
            try (SocketChannel client = channel.accept();
                    BufferedReader reader = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8))) {
                client.write(ByteBuffer.wrap((answer(reader.readLine()) + "\n").getBytes(StandardCharsets.UTF_8)));
            } catch (IOException closed) {
                // by the test, or by who asked
            }
        }
    }

    private String answer(String line) throws JsonProcessingException {
        JsonNode request = JSON.readTree(line);
        if (request.path("ask").asText().equals("offers")) {
            return offers.toString();
        }
        done.add(request);
        return JSON.createObjectNode()
                .put("done", refusal.isEmpty())
                .put(
                        "message",
                        refusal.isEmpty() ? "done: " + request.path("action").asText() : refusal)
                .toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
