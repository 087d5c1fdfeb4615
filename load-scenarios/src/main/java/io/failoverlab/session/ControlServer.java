package io.failoverlab.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;

/** Takes requests of other terminals, as JSON. */
final class ControlServer implements AutoCloseable {
    private final LineServer lines;
    private final Function<ControlRequest, ControlReply> handler;
    private final ObjectMapper json = new ObjectMapper();

    ControlServer(Path socket, Function<ControlRequest, ControlReply> handler) throws IOException {
        this.handler = handler;
        this.lines = new LineServer(socket, "control", this::answer);
    }

    private String answer(String line) {
        try {
            return json.writeValueAsString(handle(line));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
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
        lines.close();
    }
}
