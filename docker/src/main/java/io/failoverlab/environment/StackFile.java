package io.failoverlab.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.ScalingPolicy;
import io.failoverlab.topology.ScheduledAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The {@link StackState} of a run in its folder. Written before what it tells of is done, so that a lab that dies at any
 * moment leaves no container that the file does not know.
 */
public final class StackFile {
    private final Path file;
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addMixIn(HealthCheck.Question.class, QuestionByName.class)
            .addMixIn(ScalingPolicy.class, PolicyByName.class)
            .addMixIn(ScheduledAction.When.class, TimeByName.class)
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "protocol")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = HealthCheck.Question.Http.class, name = "http"),
        @JsonSubTypes.Type(value = HealthCheck.Question.Tcp.class, name = "tcp")
    })
    private interface QuestionByName {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ScalingPolicy.Simple.class, name = "simple"),
        @JsonSubTypes.Type(value = ScalingPolicy.Step.class, name = "step"),
        @JsonSubTypes.Type(value = ScalingPolicy.TargetTracking.class, name = "target-tracking")
    })
    private interface PolicyByName {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ScheduledAction.When.After.class, name = "after"),
        @JsonSubTypes.Type(value = ScheduledAction.When.At.class, name = "at"),
        @JsonSubTypes.Type(value = ScheduledAction.When.Recurring.class, name = "recurring")
    })
    private interface TimeByName {}

    /** @param folder of the run */
    public StackFile(Path folder) {
        this.file = folder.resolve("stack.json");
    }

    synchronized void write(StackState state) {
        Path next = file.resolveSibling("stack.json.next");
        try {
            Files.deleteIfExists(next);
            if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            json.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), state);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("the state of the stack could not be written to " + file, failure);
        }
    }

    /** @throws CannotTakeOver if there is none, or not one of this version of the lab */
    public StackState read() {
        try {
            return json.readValue(file.toFile(), StackState.class);
        } catch (IOException unreadable) {
            throw new CannotTakeOver(
                    "expected the state of the stack in " + file + ", found none of this version of the" + " lab ("
                            + unreadable.getClass().getSimpleName() + ")");
        }
    }
}
