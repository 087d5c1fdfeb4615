package io.failoverlab.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are there whole or not at all: beside their place first, whatever ends the writing. */
public final class WholeFile {
    /** Writes to the path that it is given. */
    @FunctionalInterface
    public interface Writing {
        void to(Path file) throws IOException;
    }

    private WholeFile() {}

    /** Replaces the file, if there is one; returns it. */
    public static Path write(Path file, String text) throws IOException {
        return write(file, beside -> Files.writeString(beside, text));
    }

    /** Replaces the file, if there is one; returns it. */
    public static Path write(Path file, Writing writing) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            writing.to(beside);
            return Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
