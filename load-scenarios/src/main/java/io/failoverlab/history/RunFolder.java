package io.failoverlab.history;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** {@code runs/<experiment>/<timestamp>}, with a link {@code latest} beside it. */
public record RunFolder(Path path) {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /** A new folder that is named after the present second. */
    public static RunFolder create(Path runs, String experiment, InstantSource clock) throws IOException {
        Path parent = Files.createDirectories(runs.resolve(experiment));
        String name = NAME.format(clock.instant().atZone(ZoneId.systemDefault()));
        for (int number = 1; ; number++) {
            try {
                return new RunFolder(Files.createDirectory(parent.resolve(number == 1 ? name : name + "-" + number)));
            } catch (FileAlreadyExistsException sameSecond) {
                // another run began in this second
            }
        }
    }

    /** Lets {@code latest} point here. */
    public void linkLatest() throws IOException {
        Path link = path.resolveSibling("latest");
        Path next = path.resolveSibling("latest.next");
        Files.deleteIfExists(next);
        try {
            Files.createSymbolicLink(next, path.getFileName());
            Files.move(next, link, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (UnsupportedOperationException noLinks) {
            // a file system without links; the run is found by its time
        }
    }
}
