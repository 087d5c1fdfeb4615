package io.failoverlab.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * An address whose {@code /metrics} the monitor reads, with the dimensions its metrics get. Written as Prometheus's
 * file-based service discovery, which the monitor reads.
 */
public record ScrapeTarget(String endpoint, Map<String, String> labels) {
    /** A reader sees the old list or the new one, never a part. */
    public static Path write(List<ScrapeTarget> targets, Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        new ObjectMapper()
                .writeValue(
                        next.toFile(),
                        targets.stream()
                                .map(target -> Map.of("targets", List.of(target.endpoint()), "labels", target.labels()))
                                .toList());
        return Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
