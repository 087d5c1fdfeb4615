package io.failoverlab.environment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.failoverlab.topology.DbInstance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The DB instances of a run that were restored, for a lab that takes it over. Written before their containers start. */
final class RestoredFile {
    /** One of them, with its instance id. */
    record Restored(DbInstance model, String instanceId) {}

    private final Path file;
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .build();

    /** @param folder of the run */
    RestoredFile(Path folder) {
        this.file = folder.resolve("restored.json");
    }

    synchronized List<Restored> read() {
        try {
            return Files.exists(file) ? List.of(json.readValue(file.toFile(), Restored[].class)) : List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException("the restored databases could not be read from " + file, failure);
        }
    }

    synchronized void add(Restored restored) {
        List<Restored> all = new ArrayList<>(read());
        all.add(restored);
        write(all);
    }

    synchronized void remove(String identifier) {
        write(read().stream()
                .filter(it -> !it.model().identifier().equals(identifier))
                .toList());
    }

    private void write(List<Restored> all) {
        Path next = file.resolveSibling("restored.json.next");
        try {
            json.writeValue(next.toFile(), all);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("the restored databases could not be written to " + file, failure);
        }
    }
}
