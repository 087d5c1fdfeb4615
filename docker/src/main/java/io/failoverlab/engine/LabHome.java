package io.failoverlab.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder the lab is installed in: the one with the launcher {@code lab} and {@code docker/images}. */
public record LabHome(Path folder) {
    /** Set by the launcher. */
    public static final String PROPERTY = "lab.home";

    public LabHome {
        folder = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder.resolve("docker/images"))) {
            throw new IllegalArgumentException("expected the lab's folder, with docker/images in it, found " + folder);
        }
    }

    /**
     * What the launcher named, else the nearest folder upwards from the working directory.
     *
     * @throws IllegalStateException if there is none
     */
    public static LabHome find() {
        String named = System.getProperty(PROPERTY);
        return named == null ? above(Path.of("")) : new LabHome(Path.of(named));
    }

    static LabHome above(Path start) {
        Path from = start.toAbsolutePath().normalize();
        return Stream.iterate(from, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isRegularFile(folder.resolve("lab"))
                        && Files.isDirectory(folder.resolve("docker/images")))
                .findFirst()
                .map(LabHome::new)
                .orElseThrow(() -> new IllegalStateException("expected the lab's folder at or above " + from
                        + ", found none; start it with the launcher `lab`, or set -D" + PROPERTY + "=FOLDER"));
    }
}
