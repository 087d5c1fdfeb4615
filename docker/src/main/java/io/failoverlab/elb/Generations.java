package io.failoverlab.elb;

import io.failoverlab.clock.LabScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells nginx's workers by files whether theirs is the newest configuration; see {@link Succession}. */
final class Generations {
    /** For 100 ms after a reload nginx's earlier workers take connections beside the new ones. */
    private static final Duration OVERLAP = Duration.ofMillis(150);

    private final Path folder;
    private final LabScheduler scheduler;
    private final AtomicInteger retiring = new AtomicInteger();

    /** @param folder the host's, which nginx sees */
    Generations(Path folder, LabScheduler scheduler) {
        this.folder = folder;
        this.scheduler = scheduler;
    }

    /** The configuration of that number may be loaded from now on. */
    void begin(long generation) throws IOException {
        Files.write(folder.resolve(Succession.marker(Long.toString(generation))), new byte[0]);
    }

    /**
     * That configuration is served: workers of earlier ones are to hand over what comes to them, once they have ceased to take
     * connections themselves.
     *
     * @param wait whether to return only then
     */
    void retireBefore(long generation, boolean wait) {
        retiring.incrementAndGet();
        if (wait) {
            retire(generation);
        } else {
            scheduler.launch(() -> retire(generation));
        }
    }

    private void retire(long generation) {
        scheduler.pause(OVERLAP);
        try (DirectoryStream<Path> markers = Files.newDirectoryStream(folder, Succession.marker("*"))) {
            for (Path marker : markers) {
                if (Succession.generation(marker.getFileName().toString()) < generation) {
                    Files.deleteIfExists(marker);
                }
            }
        } catch (NoSuchFileException gone) {
            // and the balancer with it
        } catch (IOException failure) {
            throw new UncheckedIOException("earlier configurations of nginx could not be retired", failure);
        } finally {
            retiring.decrementAndGet();
        }
    }

    /** Whether workers of earlier configurations may still send requests to the targets of before. */
    boolean areRetiring() {
        return retiring.get() > 0;
    }
}
