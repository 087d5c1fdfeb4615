package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two replicas of the shop over a real MySQL to which bad things happen. */
@Timeout(120)
final class AppIT {
    private static final String BODY = "{\"customer\":\"c-17\",\"itemId\":1,\"quantity\":2}";
    private static TestDatabase database;

    private final List<AutoCloseable> open = Collections.synchronizedList(new ArrayList<>());
    private String schema;

    @BeforeAll
    static void startDatabase() {
        database = TestDatabase.start();
    }

    @AfterAll
    static void stopDatabase() {
        if (database != null) {
            database.close();
        }
    }

    @BeforeEach
    void createSchema() throws SQLException {
        schema = "shop_" + UUID.randomUUID().toString().replace('-', '_');
        database.createSchema(schema);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private App startApp(String instanceId, String urlParameters) throws Exception {
        Settings settings = database.settings(schema, urlParameters, instanceId);
        App app = App.start(settings, InstantSource.system(), PauseScheduler.system());
        open.add(app);
        return app;
    }

    private Client startShop(String instanceId) throws Exception {
        return clientOf(startApp(instanceId, ""));
    }

    private Client clientOf(App app) {
        Client client = new Client(app.port());
        open.add(client);
        return client;
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    private List<Long> numbers(String sql) throws SQLException {
        return database.numbers(sql.replace("SCHEMA", schema));
    }

    @Test
    void replicasThatStartTogetherMigrateOnce() throws Exception {
        CompletableFuture<Client> first = CompletableFuture.supplyAsync(() -> startLater("i-a"));
        CompletableFuture<Client> second = CompletableFuture.supplyAsync(() -> startLater("i-c"));

        String page = first.get().get("/api/items?size=1").body();
        assertThat(second.get().get("/api/items?size=1").body()).isEqualTo(page).endsWith("\"total\":1200}");
        assertThat(numbers("SELECT version FROM SCHEMA.flyway_schema_history WHERE success ORDER BY version"))
                .isEqualTo(List.of(1L, 2L));
    }

    @Test
    void aReplicaOfAMigratedSchemaLeavesFlywayOutUnlessSomethingDiffers() throws Exception {
        startShop("i-a");
        assertThat(isUpToDate()).isTrue();
        Map<String, String> differencesAndBack =
                Map.of("checksum = checksum + 1", "checksum = checksum - 1", "success = 0", "success = 1");
        for (Map.Entry<String, String> difference : differencesAndBack.entrySet()) {
            changeHistory(difference.getKey());
            assertThat(isUpToDate()).as(difference.getKey()).isFalse();
            changeHistory(difference.getValue());
            assertThat(isUpToDate()).as(difference.getValue()).isTrue();
        }
    }

    private void changeHistory(String change) throws SQLException {
        database.execute("UPDATE " + schema + ".flyway_schema_history SET " + change + " WHERE version = '2'");
    }

    private boolean isUpToDate() throws SQLException {
        DatabaseSettings settings = database.settings(schema, "", "i-test").database();
        try (Connection connection = DriverManager.getConnection(
                settings.url(), settings.user(), settings.password().text())) {
            return Migrations.isUpToDate(connection);
        }
    }

    private Client startLater(String instanceId) {
        try {
            return startShop(instanceId);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSearchTakesItsTextLiterally() throws Exception {
        Client shop = startShop("i-a");

        assertThat(shop.get("/api/items?q=oak%20mug").body()).contains("\"name\":\"Oak Mug\"", "\"total\":1}");
        assertThat(shop.get("/api/items?q=%25").body()).endsWith("\"total\":0}");
        assertThat(shop.get("/api/items?q=_").body()).endsWith("\"total\":0}");
        assertThat(shop.get("/api/items?q=%27%20OR%201=1").body()).endsWith("\"total\":0}");
    }

    @Test
    void anOrderIsStoredWithItsPriceAndListed() throws Exception {
        Client shop = startShop("i-a");
        String order = shop.order("k-1", BODY).body();

        assertThat(order)
                .startsWith("{\"id\":1,\"key\":\"k-1\",\"customer\":\"c-17\",\"itemId\":1,\"quantity\":2,"
                        + "\"totalCents\":29660,\"createdAt\":\"20");
        assertThat(shop.get("/api/orders/1").body()).isEqualTo(order);
        assertThat(shop.get("/api/orders?customer=c-17").body())
                .isEqualTo("{\"orders\":[" + order + "],\"page\":1,\"size\":20,\"total\":1}");
        assertThat(shop.get("/api/orders?customer=C-17").body()).endsWith("\"total\":0}");
    }

    @Test
    void oneKeyAtOnceOnManyThreadsOfTwoReplicasIsOneOrder() throws Exception {
        List<Client> replicas = List.of(startShop("i-a"), startShop("i-c"));
        int threads = 8;
        CyclicBarrier together = new CyclicBarrier(threads);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 25; round++) {
                String key = "k-" + round;
                List<Future<HttpResponse<String>>> answers = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    Client replica = replicas.get(thread % 2);
                    answers.add(executor.submit(() -> {
                        together.await(20, TimeUnit.SECONDS);
                        return replica.order(key, BODY);
                    }));
                }
                assertOneOrder(answers);
            }
        }
        assertThat(numbers("SELECT COUNT(*) FROM SCHEMA.orders")).isEqualTo(List.of(25L));
    }

    private static void assertOneOrder(List<Future<HttpResponse<String>>> answers) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        for (Future<HttpResponse<String>> answer : answers) {
            statuses.add(answer.get().statusCode());
            bodies.add(answer.get().body());
        }
        Collections.sort(statuses);
        assertThat(statuses).isEqualTo(List.of(200, 200, 200, 200, 200, 200, 200, 201));
        assertThat(bodies).containsOnly(bodies.getFirst());
    }

    @Test
    void anotherOrderUnderTheSameKeyIsAConflictOnEveryReplica() throws Exception {
        startShop("i-a").order("k-1", BODY);
        HttpResponse<String> other = startShop("i-c").order("k-1", BODY.replace("c-17", "c-18"));

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(numbers("SELECT COUNT(*) FROM SCHEMA.orders")).isEqualTo(List.of(1L));
    }

    @Test
    void aKeyInTheHandsOfAStuckTransactionIsNoSuccess() throws Exception {
        Client shop = startShop("i-a");
        try (Connection stuck = database.root();
                Statement statement = stuck.createStatement()) {
            stuck.setAutoCommit(false);
            statement.execute("INSERT INTO " + schema + ".orders (idempotency_key, request_hash, customer, item_id,"
                    + " quantity, total_cents, created_at) VALUES ('k-1', '', 'c-1', 1, 1, 1, NOW())");

            HttpResponse<String> answer = shop.order("k-1", BODY);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"error\":\"the database is too busy with the same rows\"}");

            stuck.rollback();
        }
        assertThat(shop.order("k-1", BODY).statusCode()).isEqualTo(201);
    }

    @Test
    void aReadOnlyDatabaseRefusesOrdersAndLosesItsConnections() throws Exception {
        Client shop = startShop("i-a");
        shop.order("k-0", BODY);
        eventually(() -> assertThat(connections()).hasSize(5));
        List<Long> before = connections();

        database.execute("SET GLOBAL super_read_only = ON");
        try {
            HttpResponse<String> answer = shop.order("k-1", BODY);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"error\":\"the database is read-only\"}");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            eventually(() -> assertThat(connections()).isNotEmpty().doesNotContainAnyElementsOf(before));
            assertThat(shop.get("/api/items/1").statusCode()).isEqualTo(200);
        } finally {
            database.execute("SET GLOBAL read_only = OFF");
        }

        assertThat(shop.order("k-1", BODY).statusCode()).isEqualTo(201);
    }

    private List<Long> connections() throws SQLException {
        return numbers("SELECT id FROM information_schema.processlist WHERE db = 'SCHEMA' AND user = 'shop'");
    }

    /**
     * The bound is the wait for a connection, one for an answer, and two seconds for a busy machine. Over TLS each wait
     * counts twice: closing a TLS socket waits for the other side's farewell.
     */
    @ParameterizedTest
    @CsvSource({"?sslMode=DISABLED&allowPublicKeyRetrieval=true, 6", "'', 10"})
    void aFrozenDatabaseIsAnsweredInTimeAndForgottenAfterwards(String urlParameters, int seconds) throws Exception {
        Client shop = clientOf(startApp("i-a", urlParameters));
        Duration bound = Duration.ofSeconds(seconds);
        shop.order("k-0", BODY);

        database.pause();
        try {
            assertUnavailableInTime(bound, shop.getLater("/api/items"));
            assertUnavailableInTime(bound, CompletableFuture.supplyAsync(() -> orderLater(shop)));
            assertUnavailableInTime(bound, shop.getLater("/readyz"));
            assertThat(shop.get("/healthz").statusCode()).isEqualTo(200);
        } finally {
            database.unpause();
        }

        eventually(() -> assertThat(shop.get("/readyz").statusCode()).isEqualTo(200));
        assertThat(shop.order("k-1", BODY).statusCode()).isBetween(200, 201);
        assertThat(numbers("SELECT COUNT(*) FROM SCHEMA.orders WHERE idempotency_key = 'k-1'"))
                .isEqualTo(List.of(1L));
    }

    private static HttpResponse<String> orderLater(Client shop) {
        try {
            return shop.order("k-1", BODY);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertUnavailableInTime(Duration bound, CompletableFuture<HttpResponse<String>> answer) {
        assertThat(answer)
                .succeedsWithin(bound)
                .satisfies(response -> assertThat(response.statusCode()).isEqualTo(503));
    }

    @Test
    void aChangedPriceGetsAHigherVersion() throws Exception {
        Client shop = startShop("i-a");

        assertThat(shop.get("/api/items/1").body()).endsWith("\"priceCents\":14830,\"version\":1}");
        assertThat(shop.put("/api/items/1", "{\"priceCents\":990}").body())
                .endsWith("\"priceCents\":990,\"version\":2}");
        assertThat(shop.get("/api/items/1").body()).endsWith("\"priceCents\":990,\"version\":2}");
        assertThat(shop.put("/api/items/99999", "{\"priceCents\":990}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void theCatalogueIsReadAtTheReaderWhileItAnswersAndAtTheWriterElse() throws Exception {
        try (TestDatabase replica = database.another()) {
            replica.createSchema(schema);
            App.start(replica.settings(schema, "", "i-replica"), InstantSource.system(), PauseScheduler.system())
                    .close();
            Client shop = clientOf(startWithReader(replica));
            shop.put("/api/items/1", "{\"priceCents\":990}");

            assertThat(shop.get("/api/items/1").body()).as("stale").endsWith("\"version\":1}");
            assertThat(reads(shop, "reader")).isEqualTo(1);

            replica.pause();
            try {
                assertThat(shop.getLater("/api/items/1"))
                        .succeedsWithin(Duration.ofSeconds(10))
                        .satisfies(answer -> assertThat(answer.body()).endsWith("\"version\":2}"));
                assertThat(reads(shop, "writer")).isEqualTo(1);
                assertThat(shop.get("/readyz").statusCode()).isEqualTo(200);
            } finally {
                replica.unpause();
            }
            eventually(() -> assertThat(shop.get("/api/items/1").body()).endsWith("\"version\":1}"));
        }
    }

    @Test
    void aReaderWithoutTheSchemaIsNoReader() throws Exception {
        try (TestDatabase empty = database.another()) {
            empty.createSchema(schema);
            Client shop = clientOf(startWithReader(empty));

            assertThat(shop.get("/api/items/1").body()).endsWith("\"version\":1}");
            assertThat(reads(shop, "writer")).isEqualTo(1);
        }
    }

    private App startWithReader(TestDatabase reader) throws Exception {
        Settings one = database.settings(schema, "", "i-a");
        App app = App.start(
                new Settings(
                        one.bind(),
                        one.port(),
                        one.instanceId(),
                        one.availabilityZone(),
                        one.database(),
                        Optional.of(reader.url(schema)),
                        one.dnsTtlSeconds(),
                        one.drain()),
                InstantSource.system(),
                PauseScheduler.system());
        open.add(app);
        return app;
    }

    private static long reads(Client shop, String endpoint) throws Exception {
        return shop.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("shop_catalogue_reads_total{endpoint=\"" + endpoint + "\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aNameThatMovesTakesThePoolAlong() throws Exception {
        startApp("i-a", "").close();
        Set<String> addresses = ConcurrentHashMap.newKeySet();
        addresses.add("10.0.20.10");
        ManualTime time = new ManualTime();
        try (Database pool = new Database(
                "moving",
                database.settings(schema, "", "i-a").database(),
                new SimpleMeterRegistry(),
                time,
                host -> Set.copyOf(addresses))) {
            pool.ping();
            eventually(() -> assertThat(connections()).hasSize(5));
            List<Long> before = connections();

            addresses.clear();
            addresses.add("10.0.21.10");
            eventually(() -> {
                time.pause(Duration.ofSeconds(1));
                pool.ping();
                assertThat(connections()).isNotEmpty().doesNotContainAnyElementsOf(before);
            });
        }
    }

    @Test
    void aStoppedShopLeavesNothingBehind() throws Exception {
        App app = startApp("i-a", "");
        Client shop = clientOf(app);
        shop.order("k-0", BODY);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(app::close);
        eventually(() -> assertThat(shop.get("/readyz").statusCode()).isEqualTo(503));
        stopped.get(20, TimeUnit.SECONDS);

        assertThatThrownBy(() -> shop.get("/healthz")).isInstanceOf(ConnectException.class);
        eventually(() -> assertThat(connections()).isEmpty());
    }
}
