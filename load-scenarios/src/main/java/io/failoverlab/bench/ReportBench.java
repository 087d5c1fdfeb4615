package io.failoverlab.bench;

import io.failoverlab.history.History;
import io.failoverlab.history.HistoryStore;
import io.failoverlab.report.Reports;
import io.failoverlab.verdict.Judge;
import io.failoverlab.verdict.Judgement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** How long it takes to read a kept run, to judge it and to write its reports, and how much memory: in this JVM, no other work. */
public final class ReportBench {
    /**
     * What one round took.
     *
     * @param verdict of the made-up run, which must be PASS for the figures to mean anything
     * @param peakBytes what the heap had in use meanwhile at most, garbage included: the sum of its pools' peaks, which need not be of
     *     one moment, so that it was never more and may have been less
     * @param liveBytes what is still in use once judged, after a collection: the history and what came out
     * @param pageBytes of {@code report.html}
     */
    public record Round(
            String verdict,
            Duration load,
            Duration judge,
            Duration render,
            long peakBytes,
            long liveBytes,
            long pageBytes) {}

    private ReportBench() {}

    /**
     * Makes a run up and keeps it, as the lab does.
     *
     * @return bytes on disk
     * @throws IllegalArgumentException if it is too short to have a fault
     */
    public static long keep(int rate, Duration length, Path folder) throws IOException {
        HistoryStore.save(new GeneratedRun(rate, Math.toIntExact(length.toSeconds())).history(1), folder);
        try (Stream<Path> files = Files.list(folder)) {
            long bytes = 0;
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    public static Round measure(Path folder, InstantSource clock) throws IOException {
        System.gc();
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        Instant begin = clock.instant();
        History history = HistoryStore.load(folder);
        Instant loaded = clock.instant();
        Judgement judgement = Judge.judge(history);
        Instant judged = clock.instant();
        Path page = Reports.save(history, judgement, folder);
        Instant rendered = clock.instant();
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.gc();
        long live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Round(
                judgement.verdict() + (history.requests().isEmpty() ? " of nothing" : ""),
                Duration.between(begin, loaded),
                Duration.between(loaded, judged),
                Duration.between(judged, rendered),
                peak,
                live,
                Files.size(page));
    }
}
