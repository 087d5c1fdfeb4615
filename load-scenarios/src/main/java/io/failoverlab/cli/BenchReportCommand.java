package io.failoverlab.cli;

import io.failoverlab.bench.ReportBench;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.document.DurationText;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.verdict.Wording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "report",
        description =
                "Measure how long a made-up run takes to read, to judge and to report, and with how much memory. Needs no"
                        + " engine.")
final class BenchReportCommand implements Callable<Integer> {
    private static final long MEGABYTE = 1 << 20;

    @Option(names = "--rate", paramLabel = "N", description = "Requests a second (default: ${DEFAULT-VALUE}).")
    private int rate = 1_000;

    @Option(names = "--for", paramLabel = "TIME", description = "Length of the run, 30s or more (default: 10m).")
    private Duration length = Duration.ofMinutes(10);

    @Option(names = "--times", paramLabel = "N", description = "How often (default: ${DEFAULT-VALUE}).")
    private int times = 5;

    @Override
    public Integer call() throws IOException {
        if (rate < 1 || rate > LoadProfile.MAX_RATE || times < 1 || times > RepeatedRuns.MOST) {
            throw UserError.usage("expected --rate 1 to " + LoadProfile.MAX_RATE + " and --times 1 to "
                    + RepeatedRuns.MOST + ", found " + rate + " and " + times);
        }
        Terminal terminal = Terminal.ofProcess();
        Path folder = Files.createTempDirectory("lab-bench-report");
        try (LabScheduler clock = new LabScheduler(failure -> terminal.say(failure.getMessage()))) {
            long bytes = ReportBench.keep(rate, length, folder);
            terminal.say(Wording.count(rate * length.toSeconds()) + " requests (" + rate + " a second for "
                    + DurationText.print(length) + "), " + megabytes(bytes) + " on disk");
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ROUND", "READ", "JUDGE", "REPORT", "HEAP, AT MOST", "HEAP, LIVE", "PAGE", "VERDICT"));
            for (int round = 1; round <= times; round++) {
                ReportBench.Round measured = ReportBench.measure(folder, clock);
                rows.add(List.of(
                        Integer.toString(round),
                        Wording.time(measured.load()),
                        Wording.time(measured.judge()),
                        Wording.time(measured.render()),
                        megabytes(measured.peakBytes()),
                        megabytes(measured.liveBytes()),
                        Wording.count(measured.pageBytes() / 1_000) + " kB",
                        measured.verdict()));
            }
            Table.print(rows, terminal::data);
            return ExitCode.PASS;
        } finally {
            remove(folder);
        }
    }

    private static String megabytes(long bytes) {
        return Wording.count(bytes / MEGABYTE) + " MB";
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
