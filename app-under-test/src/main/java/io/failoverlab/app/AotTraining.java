package io.failoverlab.app;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.database.mysql.MySQLDatabaseType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training run of an AOT cache (JEP 514): {@code java -XX:AOTCacheOutput=app.aot … App --aot-training}. An image is
 * built where there is no database: the shop serves from memory here, and what speaks to MySQL is loaded by name.
 * Takes a few seconds.
 */
final class AotTraining {
    private static final Logger LOG = LoggerFactory.getLogger(AotTraining.class);
    /** The first loads what a request needs; the others show the JVM what is called again. */
    private static final int ROUNDS = 5;

    private static final List<String> PATHS = List.of(
            "/",
            "/items",
            "/items?q=lamp&page=2",
            "/items/5",
            "/api/items?size=5",
            "/api/items/5",
            "/api/items/0",
            "/api/orders?customer=c-17",
            "/api/orders/1",
            "/healthz",
            "/readyz",
            "/metrics",
            "/no-such-page");

    private final InstantSource clock;

    AotTraining(InstantSource clock) {
        this.clock = clock;
    }

    void run() throws IOException, StartException {
        List.of(com.mysql.cj.jdbc.Driver.class, Flyway.class, MySQLDatabaseType.class, HikariDataSource.class)
                .forEach(AotTraining::loadJarOf);
        Settings settings = settings(closedPort());
        failToMigrate(settings);
        Migrations.expected();
        greetByTls();
        Drain drain = new Drain();
        try (Metrics metrics = new Metrics();
                Database database = new Database(settings.database(), metrics.registry(), clock)) {
            Sample sample = new Sample();
            Pages pages = new Pages(settings.instanceId(), settings.availabilityZone());
            Routes routes = new Routes(sample, sample, Readiness.of(drain, database::ping), pages, metrics);
            metrics.watchJvm();
            try (HttpServer server = HttpServer.start(settings, drain, routes, metrics)) {
                for (int round = 0; round < ROUNDS; round++) {
                    visit(server.port(), round);
                }
            }
        }
        LOG.info("trained");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Settings settings(int databasePort) {
        DatabaseSettings database = new DatabaseSettings(
                "jdbc:mysql://127.0.0.1:" + databasePort + "/shop",
                "shop",
                new Secret("none"),
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                1,
                Duration.ofMillis(250));
        return new Settings(
                "127.0.0.1",
                0,
                "i-training",
                "training",
                database,
                Optional.empty(),
                App.DNS_TTL_SECONDS,
                Duration.ZERO);
    }

    private void failToMigrate(Settings settings) {
        Migrations migrations = new Migrations(settings.database(), clock, PauseScheduler.system());
        try {
            migrations.flyway().migrate();
            throw new IllegalStateException(
                    "expected no database at " + settings.database().url() + ", found one");
        } catch (FlywayException expected) {
            LOG.info("no database, as expected");
        }
    }

    /** Connections to MySQL are encrypted; the first half of a handshake loads most of what the whole needs. */
    private static void greetByTls() throws IOException {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            engine.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have TLS", e);
        }
    }

    private static void visit(int port, int round) throws IOException {
        for (String path : PATHS) {
            connect(port, path).getResponseCode();
        }
        HttpURLConnection order = connect(port, "/api/orders");
        order.setRequestProperty("Idempotency-Key", "k-" + round);
        order.setDoOutput(true);
        order.getOutputStream().write(OrderRequest.EXAMPLE.getBytes(StandardCharsets.UTF_8));
        try (InputStream answer = order.getInputStream()) {
            answer.readAllBytes();
        }
    }

    private static HttpURLConnection connect(int port, String path) throws IOException {
        return (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    }

    private static void loadJarOf(Class<?> type) {
        try {
            Path jar = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream().map(JarEntry::getName).forEach(AotTraining::load);
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("expected " + type.getName() + " in a jar", e);
        }
    }

    private static void load(String entry) {
        boolean deprecated = entry.startsWith("com/mysql/jdbc/");
        if (!entry.endsWith(".class") || entry.startsWith("META-INF/") || entry.endsWith("-info.class") || deprecated) {
            return;
        }
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        try {
            Class.forName(name, true, AotTraining.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError withoutItsOptionalLibrary) {
            LOG.debug("not loaded: {}", name);
        }
    }

    /** A shop of one item and one order. */
    private final class Sample implements Catalogue, Orders {
        private final Item item = ItemSeeds.all().getFirst();
        private final Order order = new Order(1, "k", "c-17", item.id(), 2, 2 * item.priceCents(), clock.instant());

        @Override
        public ItemPage page(String text, PageRequest request) {
            return new ItemPage(List.of(item), request.page(), request.size(), 1);
        }

        @Override
        public Optional<Item> findItem(long id) {
            return Optional.of(item);
        }

        @Override
        public Optional<Item> reprice(long id, PriceChange change) {
            return Optional.of(item);
        }

        @Override
        public Placement place(IdempotencyKey key, OrderRequest request) {
            return Placement.decide(
                    Placement.Insert.KEY_TAKEN, Optional.of(new Placement.Stored(order, request.hash())), request);
        }

        @Override
        public Optional<Order> findOrder(long id) {
            return Optional.of(order);
        }

        @Override
        public OrderPage ofCustomer(String customer, PageRequest request) {
            return new OrderPage(List.of(order), request.page(), request.size(), 1);
        }
    }
}
