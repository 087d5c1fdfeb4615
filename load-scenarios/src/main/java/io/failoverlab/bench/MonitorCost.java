package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.PrometheusInstaller;
import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.MonitorProcess;
import io.failoverlab.watch.ScrapeTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * What the monitor and Prometheus take of processor and memory while both scrape the same targets every second, and each has an alarm
 * on every target. Measured in windows after a time in which both settle, since a JVM compiles first.
 */
final class MonitorCost {
    private static final String MONITOR = "monitor";
    private static final String PROMETHEUS = "Prometheus";
    private static final String ALERTMANAGER = "Alertmanager";
    private static final Duration READY_LIMIT = Duration.ofSeconds(30);
    private static final int WINDOWS = 6;
    private static final double MEGABYTE = 1 << 20;

    private final Sizes.Scraping size;
    private final Path home;
    private final Path folder;
    private final PrometheusInstaller.Programs programs;
    private final LabScheduler scheduler;
    private Map<String, String> versions = Map.of();

    MonitorCost(
            Sizes.Scraping size,
            Path home,
            Path folder,
            PrometheusInstaller.Programs programs,
            LabScheduler scheduler) {
        this.size = size;
        this.home = home;
        this.folder = folder;
        this.programs = programs;
        this.scheduler = scheduler;
    }

    /** Of the peers that were measured beside. */
    Map<String, String> versions() {
        return versions;
    }

    List<Row> measure() throws IOException {
        try (ExposedSeries exposed = ExposedSeries.start(size.targets(), size.series(), scheduler);
                AlertWebhook webhook = new AlertWebhook(scheduler, alert -> {});
                Peers peers = Peers.start(
                        programs,
                        home.resolve("docker/peers"),
                        folder.resolve("cost-peers"),
                        exposed.targets(),
                        webhook.url(),
                        scheduler);
                MonitorProcess monitor = MonitorProcess.start(
                        new MonitorProcess.Settings(home, 0, folder.resolve("cost-monitor"), Optional.empty()),
                        exposed.targets());
                MonitorClient client = new MonitorClient(monitor.url(), "ap-northeast-1")) {
            exposed.targets().forEach(target -> client.put(alarm(target)));
            awaitOk(client);
            peers.awaitScraping(size.targets());
            versions = peers.versions();
            scheduler.pause(size.settle());
            Map<String, Long> pids = new LinkedHashMap<>();
            pids.put(MONITOR, monitor.pid());
            pids.put(PROMETHEUS, peers.prometheusPid());
            pids.put(ALERTMANAGER, peers.alertmanagerPid());
            List<Row> rows = rows(windows(pids));
            peers.awaitScraping(size.targets());
            awaitOk(client);
            return rows;
        }
    }

    private static PutMetricAlarmRequest alarm(ScrapeTarget target) {
        return PutMetricAlarmRequest.builder()
                .alarmName("down " + target.endpoint())
                .namespace("Prometheus")
                .metricName("up")
                .dimensions(target.labels().entrySet().stream()
                        .map(label -> Dimension.builder()
                                .name(label.getKey())
                                .value(label.getValue())
                                .build())
                        .toList())
                .statistic(Statistic.MINIMUM)
                .period(1)
                .evaluationPeriods(1)
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .threshold(1.0)
                .treatMissingData("ignore")
                .build();
    }

    /** That every target is scraped, as the alarms tell. */
    private void awaitOk(MonitorClient client) {
        boolean ok = scheduler
                .await(
                        READY_LIMIT,
                        () -> client.alarms().stream().allMatch(alarm -> alarm.stateValue() == StateValue.OK)
                                ? Optional.of(true)
                                : Optional.empty())
                .isPresent();
        if (!ok) {
            throw new BenchFailed("expected the monitor to scrape " + size.targets() + " targets within "
                    + READY_LIMIT.toSeconds() + " s, found alarms that are not OK");
        }
    }

    /** What each process used in each window. */
    private Map<String, List<Window>> windows(Map<String, Long> pids) {
        Map<String, List<Window>> all = new LinkedHashMap<>();
        long windows = Math.min(WINDOWS, size.duration().toSeconds());
        Instant end = scheduler.instant();
        for (long window = 0; window < windows; window++) {
            Instant begin = scheduler.instant();
            Map<String, ProcessUse> before = use(pids);
            end = end.plus(size.duration().dividedBy(windows));
            scheduler.pause(Duration.between(scheduler.instant(), end));
            double seconds = Duration.between(begin, scheduler.instant()).toNanos() / 1e9;
            use(pids)
                    .forEach((name, use) -> all.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(new Window(seconds, before.get(name), use)));
        }
        return all;
    }

    private static Map<String, ProcessUse> use(Map<String, Long> pids) {
        Map<String, ProcessUse> use = new LinkedHashMap<>();
        pids.forEach((name, pid) -> use.put(name, ProcessUse.of(pid)));
        return use;
    }

    private record Window(double seconds, ProcessUse before, ProcessUse after) {
        double cpuPercent() {
            return 100 * (after.cpuSeconds() - before.cpuSeconds()) / seconds;
        }

        double rssMegabytes() {
            return after.rssBytes() / MEGABYTE;
        }

        double pssMegabytes() {
            return after.pssBytes() / MEGABYTE;
        }
    }

    private static List<Row> rows(Map<String, List<Window>> windows) {
        List<Row> rows = new ArrayList<>();
        addRows(rows, Figure.CPU, windows, Window::cpuPercent);
        addRows(rows, Figure.RSS, windows, Window::rssMegabytes);
        addRows(rows, Figure.PSS, windows, Window::pssMegabytes);
        return rows;
    }

    private static void addRows(
            List<Row> rows, Figure figure, Map<String, List<Window>> windows, ToDoubleFunction<Window> value) {
        Map<String, Spread> spreads = new LinkedHashMap<>();
        windows.forEach((name, all) -> spreads.put(
                name, Spread.of(all.stream().map(value::applyAsDouble).toList())));
        Row prometheus = ofPeer(figure, PROMETHEUS, spreads);
        Spread monitor = spreads.get(MONITOR);
        rows.add(Row.beside(prometheus, MONITOR, monitor, monitor.count()));
        rows.add(prometheus);
        rows.add(ofPeer(figure, ALERTMANAGER, spreads));
    }

    private static Row ofPeer(Figure figure, String name, Map<String, Spread> spreads) {
        Spread spread = spreads.get(name);
        return Row.ofPeer(figure, name, spread, spread.count());
    }
}
