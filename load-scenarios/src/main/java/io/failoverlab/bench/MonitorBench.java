package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.LabHome;
import io.failoverlab.engine.PrometheusInstaller;
import io.failoverlab.session.LabSession;
import io.failoverlab.watch.AlarmChange;
import io.failoverlab.watch.MonitorProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All figures of the monitor, one after the other. Each has processes of its own, which end with it; those beside a peer run at the
 * same time as the peer.
 */
public final class MonitorBench {
    /** Brings a stack up and tells of its alarms; called only if instances are to be killed. */
    @FunctionalInterface
    public interface Stack {
        LabSession up(Consumer<AlarmChange> alarms) throws IOException;
    }

    private final LabHome home;
    private final LabScheduler scheduler;
    private final PrometheusInstaller.Programs programs;
    private final Stack stack;
    private final Consumer<String> progress;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> versions = new TreeMap<>();

    /** @param progress told of each step, a line at a time */
    public MonitorBench(
            LabHome home,
            LabScheduler scheduler,
            PrometheusInstaller.Programs programs,
            Stack stack,
            Consumer<String> progress) {
        this.home = home;
        this.scheduler = scheduler;
        this.programs = programs;
        this.stack = stack;
        this.progress = progress;
    }

    /**
     * @param repeat the command that measures the same again
     * @throws BenchFailed if a figure could not be measured
     */
    public BenchReport run(Sizes sizes, String repeat) throws IOException, InterruptedException {
        try (BenchFolder folder = BenchFolder.create(home)) {
            if (sizes.killing().isPresent()) {
                race(sizes.killing().get(), folder);
            }
            if (sizes.scraping().isPresent()) {
                cost(sizes.scraping().get(), folder);
            }
            if (sizes.putting().isPresent()) {
                put(sizes.putting().get(), folder);
            }
            if (sizes.reading().isPresent()) {
                get(sizes.reading().get(), folder);
            }
            if (sizes.evaluating().isPresent()) {
                evaluate(sizes.evaluating().get(), folder);
            }
        }
        versions.put("java", Runtime.version().toString());
        versions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return new BenchReport(rows, notes, versions, repeat);
    }

    private void race(Sizes.Killing size, BenchFolder folder) throws IOException {
        progress.accept("killing instances of a stack, watched by the monitor and by Prometheus …");
        KillRace race = new KillRace(size.kills(), home.folder(), folder.path(), programs, scheduler, progress);
        try (LabSession lab = stack.up(race.alarms())) {
            rows.addAll(race.measure(lab));
        }
        notes.add(
                "A kill begins the moment before it is handed to the engine; Prometheus scrapes and evaluates every second,"
                        + " for: 0s, group_wait: 0s.");
    }

    private void cost(Sizes.Scraping size, BenchFolder folder) throws IOException {
        progress.accept("scraping %d targets with %d series each, for %s to settle and %s to measure …"
                .formatted(size.targets(), size.series(), seconds(size.settle()), seconds(size.duration())));
        MonitorCost cost = new MonitorCost(size, home.folder(), folder.path(), programs, scheduler);
        rows.addAll(cost.measure());
        versions.putAll(cost.versions());
        notes.add("Scraped are %d targets with %d series each, every second; ratios are to Prometheus alone."
                .formatted(size.targets(), size.series()));
    }

    private void put(Sizes.Putting size, BenchFolder folder) throws InterruptedException {
        progress.accept(
                "putting metrics from %d clients, twice %s …".formatted(size.clients(), seconds(size.duration())));
        try (MonitorProcess monitor = monitor(folder, "put")) {
            rows.addAll(new PutRate(size, monitor.url(), monitor.pid(), scheduler).measure());
        }
        notes.add(
                "The clients are the AWS SDK for Java, over CBOR, and share the processors with the monitor: what the rate"
                        + " is bound by stands in the rows of their CPU.");
    }

    private void get(Sizes.Reading size, BenchFolder folder) {
        progress.accept(
                "reading %d series of %d minutes, %d times …".formatted(size.series(), size.minutes(), size.reads()));
        try (MonitorProcess monitor = monitor(folder, "get")) {
            rows.addAll(new ReadTime(size, monitor.url(), scheduler).measure());
        }
        notes.add("A read lasts from the SDK's call until it has read the answer.");
    }

    private void evaluate(Sizes.Evaluating size, BenchFolder folder) throws InterruptedException {
        progress.accept("evaluating %d alarms, %d times, every 10 s …".formatted(size.alarms(), size.rounds()));
        try (MonitorProcess monitor = monitor(folder, "evaluation")) {
            rows.addAll(new EvaluationTime(size, monitor.url(), scheduler).measure());
        }
        notes.add(
                "An evaluation is that of all alarms, each 3 of 5 periods of 10 s on a metric of its own, as the monitor"
                        + " tells in FailoverLab/Monitor.");
    }

    private MonitorProcess monitor(BenchFolder folder, String name) {
        return MonitorProcess.start(
                new MonitorProcess.Settings(home.folder(), 0, folder.path().resolve(name), Optional.empty()),
                List.of());
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }
}
