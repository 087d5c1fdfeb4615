package io.failoverlab.session;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder in which every lab of this user on this machine leaves word of itself. */
public final class Sessions {
    private static final String FILE = "session.json";

    private final Path root;
    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public Sessions(Path root) {
        this.root = root;
    }

    /** In the user's runtime folder if there is one; a path short enough for a socket. */
    public static Sessions ofUser() {
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        Path base = runtime != null && Files.isDirectory(Path.of(runtime))
                ? Path.of(runtime, "failover-lab")
                : Path.of(System.getProperty("java.io.tmpdir"), "failover-lab-" + System.getProperty("user.name"));
        return new Sessions(base);
    }

    /** Makes the folder of a new run, closed to other users. */
    public Path create(String run) {
        try {
            Files.createDirectories(root);
            if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
            return Files.createDirectories(root.resolve(run));
        } catch (IOException failure) {
            throw new UncheckedIOException("the folder " + root + " could not be prepared", failure);
        }
    }

    /** Makes the session known. */
    void publish(Session session) {
        try {
            Path next = session.folder().resolve(FILE + ".next");
            json.writerWithDefaultPrettyPrinter().writeValue(next.toFile(), session);
            Files.move(next, session.folder().resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("the session file could not be written", failure);
        }
    }

    /** The lab that is up, if one is and its process lives. */
    public Optional<Session> live() {
        return folders().stream()
                .map(this::read)
                .flatMap(Optional::stream)
                .filter(session -> ProcessHandle.of(session.pid()).isPresent())
                .findFirst();
    }

    /** Sessions whose process is gone: their stack may still run. */
    public List<Session> dead() {
        return folders().stream()
                .map(this::read)
                .flatMap(Optional::stream)
                .filter(session -> ProcessHandle.of(session.pid()).isEmpty())
                .toList();
    }

    private Optional<Session> read(Path folder) {
        try {
            return Optional.of(json.readValue(folder.resolve(FILE).toFile(), Session.class));
        } catch (IOException notPublished) {
            return Optional.empty();
        }
    }

    private List<Path> folders() {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failure) {
            throw new UncheckedIOException("the folder " + root + " could not be read", failure);
        }
    }

    /** Removes the folder of a run, if it is there. */
    public void remove(String run) {
        Path folder = root.resolve(run);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException none) {
            // removed before
        } catch (IOException failure) {
            throw new UncheckedIOException("the folder " + folder + " could not be removed", failure);
        }
    }
}
