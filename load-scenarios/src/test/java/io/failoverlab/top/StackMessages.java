package io.failoverlab.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.engine.LabHome;
import io.failoverlab.top.Viewer.Connection;
import io.failoverlab.top.Viewer.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A stack as the monitor tells it: the messages that the page's test has, too. */
final class StackMessages {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER =
            LabHome.find().folder().resolve("monitor/src/test/resources/io/failoverlab/console");

    private StackMessages() {}

    static List<String> lines() throws IOException {
        return Files.readAllLines(FOLDER.resolve("stack.jsonl"));
    }

    /** What the page shows of it. */
    static JsonNode shown() throws IOException {
        return JSON.readTree(FOLDER.resolve("stack-shown.json").toFile());
    }

    static StackModel model() throws IOException {
        StackModel model = new StackModel();
        for (String line : lines()) {
            model.apply(JSON.readTree(line));
        }
        return model;
    }

    /** With the newest data that many seconds ago. */
    static StackView view(StackModel model, int silence) {
        return view(model, silence, Connection.OPEN);
    }

    static StackView view(StackModel model, int silence, Connection connection) {
        return Viewer.view(model, new Moment(connection, Duration.ofSeconds(silence), Instant.EPOCH, ZoneOffset.UTC));
    }
}
