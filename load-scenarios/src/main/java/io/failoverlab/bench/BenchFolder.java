package io.failoverlab.bench;

import io.failoverlab.engine.LabHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the files of this process, removed in the end; those of killed ones are removed by the next that makes one. */
final class BenchFolder implements AutoCloseable {
    private final Path path;

    private BenchFolder(Path path) {
        this.path = path;
    }

    static BenchFolder create(LabHome home) throws IOException {
        Path root = Files.createDirectories(home.folder().resolve(".lab/bench"));
        try (Stream<Path> folders = Files.list(root)) {
            folders.filter(folder -> !isInUse(folder)).toList().forEach(BenchFolder::remove);
        }
        return new BenchFolder(Files.createDirectories(
                root.resolve(Long.toString(ProcessHandle.current().pid()))));
    }

    /** Each is named after its process. */
    private static boolean isInUse(Path folder) {
        String name = folder.getFileName().toString();
        return name.chars().allMatch(Character::isDigit)
                && ProcessHandle.of(Long.parseLong(name)).isPresent();
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        remove(path);
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException none) {
            // removed before
        } catch (IOException failure) {
            throw new UncheckedIOException("the folder " + folder + " could not be removed", failure);
        }
    }
}
