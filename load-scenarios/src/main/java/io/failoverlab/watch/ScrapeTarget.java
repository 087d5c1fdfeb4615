package io.failoverlab.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An address whose {@code /metrics} the monitor reads, with the dimensions its metrics get. Written as Prometheus's
 * file-based service discovery, which the monitor reads.
 */
public record ScrapeTarget(String endpoint, Map<String, String> labels) {
    /** Returns the file. */
    public static Path write(List<ScrapeTarget> targets, Path file) throws IOException {
        new ObjectMapper()
                .writeValue(
                        file.toFile(),
                        targets.stream()
                                .map(target -> Map.of("targets", List.of(target.endpoint()), "labels", target.labels()))
                                .toList());
        return file;
    }
}
