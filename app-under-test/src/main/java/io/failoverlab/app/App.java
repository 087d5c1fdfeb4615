package io.failoverlab.app;

import java.io.IOException;
import java.security.Security;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of the shop. Started by its main method, configured by {@code SHOP_} variables of the environment (see
 * {@code SettingsParser}), stopped by SIGTERM.
 *
 * <p>The order of a start: settings, database (up to 60 s), migrations, pool, port. The port opens last: a balancer
 * that gets a connection at all gets a shop that works, and a replica that waits for its database is refused at once
 * instead of answering 503 or hanging. From then on {@code /healthz} says that the process serves, and {@code /readyz}
 * that the database does.
 *
 * <p>The order of a stop, within {@code SHOP_DRAIN_MS}: for the first half the shop serves on, but {@code /readyz}
 * answers 503 and every answer closes its connection, so that balancers leave; for the second half it takes no new
 * connections and ends the requests in flight; then the pool closes.
 *
 * <p>Exit codes: 0 after {@code --aot-training}, 1 if the database or the port cannot be had, 2 for wrong settings or
 * arguments, 143 after SIGTERM.
 */
public final class App implements AutoCloseable {
    /** Unless {@code SHOP_DNS_TTL_SECONDS} says otherwise. */
    static final int DNS_TTL_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    private final Settings settings;
    private final PauseScheduler scheduler;
    private final Drain drain;
    private final Metrics metrics;
    private final Database database;
    private final Optional<Database> reader;
    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private App(Settings settings, InstantSource clock, PauseScheduler scheduler) throws StartException {
        this.settings = settings;
        this.scheduler = scheduler;
        this.drain = new Drain();
        this.metrics = new Metrics();
        this.database = new Database(settings.database(), metrics.registry(), clock);
        this.reader = settings.reader()
                .map(it -> new Database("shop-reader", it, metrics.registry(), clock, AddressWatch.Resolver.system()));
        Readers readers = new Readers(database, reader, metrics.registry(), clock);
        Routes routes = new Routes(
                new SqlCatalogue(readers, database),
                new SqlOrders(database),
                Readiness.of(drain, database::ping),
                new Pages(settings.instanceId(), settings.availabilityZone()),
                metrics);
        this.server = HttpServer.start(settings, drain, routes, metrics);
    }

    /**
     * Runs a replica until it is told to stop.
     *
     * @param arguments none, or {@code --aot-training}: a run without a database that loads what a start needs, for an
     *     AOT cache (JEP 514)
     */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        try {
            if (arguments.length == 0) {
                serve();
            } else if (List.of(arguments).equals(List.of("--aot-training"))) {
                keepAddresses(DNS_TTL_SECONDS);
                new AotTraining(InstantSource.system()).run();
            } else {
                System.err.println("expected no argument or --aot-training, found: " + String.join(" ", arguments)
                        + "; the shop is configured by SHOP_ variables of its environment");
                System.exit(2);
            }
        } catch (InvalidSettingsException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (StartException e) {
            LOG.error(e.getMessage());
            System.exit(1);
        }
    }

    private static void serve() throws InvalidSettingsException, StartException, InterruptedException {
        Settings settings = SettingsParser.parse(System.getenv());
        keepAddresses(settings.dnsTtlSeconds());
        App app = start(settings, InstantSource.system(), PauseScheduler.system());
        Runtime.getRuntime().addShutdownHook(new Thread(app::close, "shutdown"));
        app.metrics.watchJvm();
        // Virtual threads keep no JVM alive.
        app.closed.await();
    }

    /**
     * A database that fails over gets a new address under its old name; the JVM keeps addresses for 30 s by default.
     * AWS advises 5 s. It is a security property: {@code -D} does not set it, and the first look-up freezes it.
     */
    static void keepAddresses(int ttlSeconds) {
        Security.setProperty("networkaddress.cache.ttl", Integer.toString(ttlSeconds));
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }

    static App start(Settings settings, InstantSource clock, PauseScheduler scheduler)
            throws StartException, InterruptedException {
        new Migrations(settings.database(), clock, scheduler).run();
        App app = new App(settings, clock, scheduler);
        LOG.info(
                "{} in {} serves on {}:{}",
                settings.instanceId(),
                settings.availabilityZone(),
                settings.bind(),
                app.port());
        return app;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        if (!drain.begin()) {
            return;
        }
        LOG.info("draining for up to {} ms", settings.drain().toMillis());
        Duration notice = settings.drain().dividedBy(2);
        try {
            scheduler.pause(notice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close(settings.drain().minus(notice));
        database.close();
        reader.ifPresent(Database::close);
        metrics.close();
        LOG.info("stopped");
        closed.countDown();
    }
}
