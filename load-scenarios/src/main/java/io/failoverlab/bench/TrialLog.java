package io.failoverlab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file with a line for each trial, written as they end: what was measured is kept, however the rest ends. */
public final class TrialLog {
    private final Path file;

    private TrialLog(Path file) {
        this.file = file;
    }

    /**
     * Begins a new file.
     *
     * @param header names of the columns
     */
    public static TrialLog create(Path file, String header) throws IOException {
        Files.write(file, List.of(header));
        return new TrialLog(file);
    }

    /** Adds a trial's line. */
    public void add(String line) {
        try {
            Files.write(file, List.of(line), StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException("the trial could not be written to " + file, failure);
        }
    }
}
