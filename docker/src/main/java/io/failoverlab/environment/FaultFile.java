package io.failoverlab.environment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.failoverlab.fault.FaultRecord;
import io.failoverlab.fault.Undo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The faults of a run that are not undone yet, in its folder: how to undo them is known whatever becomes of the lab. */
public final class FaultFile {
    private final Path file;
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addMixIn(Undo.class, UndoByName.class)
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Undo.Start.class, name = "start"),
        @JsonSubTypes.Type(value = Undo.Resume.class, name = "resume"),
        @JsonSubTypes.Type(value = Undo.Continue.class, name = "continue"),
        @JsonSubTypes.Type(value = Undo.Reboot.class, name = "reboot"),
        @JsonSubTypes.Type(value = Undo.Delete.class, name = "delete"),
        @JsonSubTypes.Type(value = Undo.PlugIn.class, name = "plug-in"),
        @JsonSubTypes.Type(value = Undo.EndStress.class, name = "end-stress"),
        @JsonSubTypes.Type(value = Undo.RemoveRules.class, name = "remove-rules"),
        @JsonSubTypes.Type(value = Undo.EndRelay.class, name = "end-relay"),
        @JsonSubTypes.Type(value = Undo.RemoveDelay.class, name = "remove-delay"),
        @JsonSubTypes.Type(value = Undo.ApplyAtOnce.class, name = "apply-at-once"),
        @JsonSubTypes.Type(value = Undo.Nothing.class, name = "nothing"),
        @JsonSubTypes.Type(value = Undo.GiveConnections.class, name = "give-connections"),
        @JsonSubTypes.Type(value = Undo.ReleaseName.class, name = "release-name")
    })
    private interface UndoByName {}

    /** @param folder of the run */
    public FaultFile(Path folder) {
        this.file = folder.resolve("faults.json");
    }

    /** In the place of what was there. */
    void write(List<FaultRecord> faults) {
        Path next = file.resolveSibling("faults.json.next");
        try {
            json.writerFor(new TypeReference<List<FaultRecord>>() {})
                    .withDefaultPrettyPrinter()
                    .writeValue(next.toFile(), faults);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("the faults could not be written to " + file, failure);
        }
    }

    /** Empty if none was ever injected. */
    public List<FaultRecord> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return json.readValue(file.toFile(), new TypeReference<List<FaultRecord>>() {});
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the faults could not be read from " + file, unreadable);
        }
    }
}
