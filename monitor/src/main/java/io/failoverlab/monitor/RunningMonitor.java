package io.failoverlab.monitor;

import io.failoverlab.alarm.AlarmCounters;
import io.failoverlab.alarm.Timing;
import io.failoverlab.api.AlarmFile;
import io.failoverlab.api.AlarmFileException;
import io.failoverlab.api.ApiRoutes;
import io.failoverlab.api.CloudWatch;
import io.failoverlab.console.Console;
import io.failoverlab.event.EventRoutes;
import io.failoverlab.exposition.MetricsPage;
import io.failoverlab.live.LiveHub;
import io.failoverlab.live.LivePast;
import io.failoverlab.metric.MetricSink;
import io.failoverlab.metric.Scope;
import io.failoverlab.notify.AlarmCommand;
import io.failoverlab.notify.Deliveries;
import io.failoverlab.notify.Receiver;
import io.failoverlab.notify.Webhook;
import io.failoverlab.scrape.Scraper;
import io.failoverlab.scrape.TargetFile;
import io.failoverlab.store.DashboardStore;
import io.failoverlab.store.Database;
import io.failoverlab.store.EventStore;
import io.failoverlab.store.MetricStore;
import io.failoverlab.store.NotificationStore;
import io.failoverlab.store.RecordRetention;
import io.failoverlab.store.TagStore;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A monitor from its start to its end: makes the parts, connects them, and stops them in the right order. */
final class RunningMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningMonitor.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration SCRAPE_TIMEOUT = Duration.ofMillis(800);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(3);
    /** A monitor that opens again shows the events of the last hour. */
    private static final Duration EVENTS_SHOWN = Duration.ofHours(1);

    private final MonitorScheduler scheduler = new MonitorScheduler();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CollectorRegistry registry = new CollectorRegistry();
    private final CloseableHttpClient scrapeClient = HttpClientFactory.createForCancelled(SCRAPE_TIMEOUT);
    private final CloseableHttpClient webhookClient = HttpClientFactory.create(WEBHOOK_TIMEOUT);
    private final Database database;
    private final MetricStore metrics;
    private final StoreRecovery recovery;
    private final MonitorSettings settings;
    private final Javalin server;

    private RunningMonitor(MonitorSettings settings, InstantSource clock) {
        this.settings = settings;
        database = Database.open(settings.store(), clock);
        metrics = new MetricStore(database, clock, registry);
        EventStore events = new EventStore(database);
        DamageReport report = new DamageReport(registry);
        database.damage().ifPresent(damage -> events.append(List.of(report.of(damage, clock.instant()))));
        LiveHub live = new LiveHub();
        live.events(events.since(clock.instant().minus(EVENTS_SHOWN)));
        Deliveries deliveries =
                new Deliveries(receivers(settings), new NotificationStore(database), scheduler, scheduler, registry);
        MonitorRegions regions = new MonitorRegions(
                database,
                metrics,
                settings.timing(),
                clock,
                RunningMonitor::newId,
                new AlarmAnnouncer(deliveries, events, live::events, clock),
                new AlarmCounters(registry),
                live,
                new OwnHealth(registry, clock));
        recovery = new StoreRecovery(
                report,
                events,
                live::events,
                clock,
                List.of(metrics::saveAgain, regions::saveAgain, deliveries::register));
        database.onHealed(damage -> scheduler.execute(() -> recovery.healed(damage)));
        TagStore tags = new TagStore(database);
        CloudWatch cloudWatch = new CloudWatch(regions, new DashboardStore(database), tags, settings.timing(), clock);
        Optional<AlarmFile> alarmFile =
                settings.alarmFile().map(file -> new AlarmFile(file, settings.timing(), clock, tags));
        MetricsPage page = new MetricsPage(registry, regions.lab().metrics(), clock);
        Refusals refusals = new Refusals(registry, clock);
        server = Javalin.create(config -> configure(
                config, settings, cloudWatch, events, live, new StoredSeconds(metrics.in(Scope.LAB)), page, refusals));
        try {
            alarmFile.ifPresent(file -> file.apply(regions.lab()));
            server.start(settings.entrance().bind(), settings.port());
        } catch (JavalinBindException | AlarmFileException e) {
            close();
            throw e;
        }
        deliveries.wake();
        schedule(regions, scraper(settings, regions.lab().sink(), clock), settings.timing());
        scheduler.every(
                Duration.ofHours(1),
                Duration.ofMinutes(7),
                "record upkeep",
                () -> RecordRetention.expire(database, clock.instant()));
        alarmFile.ifPresent(
                file -> scheduler.every(SECOND, Duration.ofMillis(700), "alarm file", () -> readAgain(file, regions)));
    }

    private static void readAgain(AlarmFile file, MonitorRegions regions) {
        try {
            file.apply(regions.lab());
        } catch (AlarmFileException e) {
            LOG.warn("The alarms stay as they are:\n{}", e.getMessage());
        }
    }

    private List<Receiver> receivers(MonitorSettings settings) {
        return Stream.<Receiver>concat(
                        settings.webhooks().stream().distinct().map(url -> new Webhook(url, webhookClient)),
                        settings.alarmCommands().stream()
                                .distinct()
                                .map(command -> new AlarmCommand(command, COMMAND_TIMEOUT)))
                .toList();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private Scraper scraper(MonitorSettings settings, MetricSink sink, InstantSource clock) {
        return new Scraper(
                settings.targets(),
                settings.targetFile().map(TargetFile::new),
                sink,
                scrapeClient,
                scheduler,
                cancel -> scheduler.after(SCRAPE_TIMEOUT, cancel),
                clock,
                registry);
    }

    /** Spread over the second, so that they do not wait for each other's locks. */
    private void schedule(MonitorRegions regions, Scraper scraper, Timing timing) {
        Duration scrapeInterval = timing == Timing.LAB ? SECOND : Duration.ofMinutes(1);
        scheduler.every(SECOND, Duration.ofMillis(5), "alarms", regions::tick);
        scheduler.every(scrapeInterval, Duration.ofMillis(100), "scraper", scraper::scrapeAll);
        scheduler.every(SECOND, Duration.ofMillis(200), "own health", regions::publishHealth);
        scheduler.every(SECOND, Duration.ofMillis(250), "live view", regions::showFinishedSeconds);
        scheduler.every(SECOND, Duration.ofMillis(500), "store", metrics::flush);
        scheduler.every(Duration.ofSeconds(10), Duration.ofMillis(750), "store upkeep", this::upkeep);
        scheduler.every(Duration.ofSeconds(10), Duration.ofMillis(850), "store checkpoint", database::checkpoint);
    }

    /**
     * The upkeep's leftovers have lived long enough to be taken for what stays. Left to itself, the collector takes memory from the
     * system for many minutes before it looks for them.
     */
    private void upkeep() {
        recovery.save();
        if (metrics.maintain()) {
            System.gc();
        }
    }

    /**
     * Returns when the monitor serves.
     *
     * @throws io.failoverlab.store.StoreException if the store cannot be used
     * @throws JavalinBindException if the port cannot be had
     * @throws AlarmFileException if the file of alarms is wrong
     */
    static RunningMonitor start(MonitorSettings settings, InstantSource clock) {
        return new RunningMonitor(settings, clock);
    }

    private void configure(
            JavalinConfig config,
            MonitorSettings settings,
            CloudWatch cloudWatch,
            EventStore events,
            LiveHub live,
            LivePast past,
            MetricsPage page,
            Refusals refusals) {
        config.startup.showJavalinBanner = false;
        config.concurrency.useVirtualThreads = true;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        new LoopbackGuard(refusals).register(config);
        Entrance entrance = settings.entrance();
        Gate gate = new Gate(entrance.policy(), refusals);
        ApiRoutes api = new ApiRoutes(cloudWatch, RunningMonitor::newId, gate);
        entrance.token().ifPresent(token -> token.guard(config, api, refusals));
        gate.guardReading(config);
        api.register(config);
        entrance.token().ifPresent(token -> token.register(config, gate));
        new EventRoutes(events, live::events, gate).register(config);
        new Console(live, past, settings.lab(), settings.runs(), gate).register(config);
        config.routes.get("/healthz", http -> http.result("ok\n"));
        config.routes.get("/metrics", page);
        config.routes.exception(Exception.class, (e, http) -> {
            LOG.error("{} {} failed", http.method(), http.path(), e);
            http.status(500).contentType("text/plain").result("The monitor failed: " + e.getMessage() + "\n");
        });
    }

    URI url() {
        return settings.entrance().url(server.port());
    }

    /** Ends taking requests, writes what is not written yet, and leaves one file behind. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop();
            scheduler.close();
            scrapeClient.close(CloseMode.IMMEDIATE);
            webhookClient.close(CloseMode.IMMEDIATE);
            metrics.flush();
            recovery.save();
            database.close();
        }
    }
}
