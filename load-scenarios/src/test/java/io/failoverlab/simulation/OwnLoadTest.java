package io.failoverlab.simulation;

import static io.failoverlab.simulation.CompiledSimulations.compile;
import static io.failoverlab.simulation.CompiledSimulations.jar;
import static io.failoverlab.simulation.CompiledSimulations.simulation;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.FailureCause;
import io.failoverlab.history.RequestLog;
import io.failoverlab.history.RequestSample;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.Rates;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
import io.failoverlab.simulation.LoadGenerator.HtmlReport;
import io.failoverlab.simulation.LoadResult.Ending;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The real generator with simulations that know nothing of the lab. */
@Execution(ExecutionMode.CONCURRENT)
class OwnLoadTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final List<LoadSecond> seconds = new CopyOnWriteArrayList<>();

    /** Forty customers a second for three seconds, the first of which is a ramp: a hundred. */
    private LoadResult run(URI target, Path code) throws Exception {
        LoadProfile profile = new LoadProfile(
                Simulations.OWN,
                Rates.steady(40, Duration.ofSeconds(1), Duration.ofSeconds(3)),
                Duration.ofSeconds(1),
                0,
                42,
                new TargetPolicy(List.of(), InetAddress::getAllByName).check(target),
                List.of(),
                Optional.of(GatlingCode.find(code, Optional.empty())));
        try (RunningLoad load = LoadGenerator.start(profile, folder.resolve("run"), HtmlReport.MAKE, seconds::add)) {
            return load.await(LONG_ENOUGH);
        }
    }

    private List<RequestSample> samples() throws Exception {
        return RequestLog.read(folder.resolve("run/requests.csv"), Instant.EPOCH, new ArrayList<>());
    }

    private static Map<String, Long> count(List<RequestSample> samples, Function<RequestSample, String> by) {
        return samples.stream().collect(Collectors.groupingBy(by, Collectors.counting()));
    }

    @Test
    void asManyCustomersArriveAsTheLoadSaysAndDoWhatTheirSimulationSays() throws Exception {
        String shop = simulation("Shop", """
                ScenarioBuilder lookers = scenario("lookers")
                        .exec(http("front").get("/items?page=1").check(status().is(200)))
                        .pause(Duration.ofMillis(50))
                        .exec(http("item, with \\"name\\"").get("/items/7").check(status().is(200)));
                ScenarioBuilder searchers = scenario("searchers").exec(http("search").get("/items?q=lamp"));
                setUp(
                                lookers.injectOpen(atOnceUsers(1000)),
                                searchers.injectClosed(constantConcurrentUsers(5).during(60)))
                        .protocols(http.baseUrl("https://shop.example.com").proxy(Proxy("proxy.example.com", 3128)))
                        .throttle(reachRps(1).in(1), holdFor(60))
                        .maxDuration(1)
                        .assertions(global().failedRequests().count().is(0L));
                """);
        try (FakeShop server = FakeShop.healthy()) {
            LoadResult result =
                    run(server.uri(), jar(compile(folder.resolve("classes"), shop), folder.resolve("load.jar")));

            assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
            assertThat(result.report())
                    .hasValueSatisfying(page -> assertThat(page).isNotEmptyFile());
            assertThat(seconds.stream().mapToLong(LoadSecond::scheduled).sum()).isEqualTo(100);
            assertThat(seconds.stream().mapToLong(LoadSecond::started).sum()).isEqualTo(100);
            assertThat(count(samples(), RequestSample::name))
                    .isEqualTo(Map.of("front", 50L, "item, with \"name\"", 50L, "search", 50L));
            assertThat(samples()).allMatch(RequestSample::ok);
            assertThat(server.requests()).isEqualTo(150);
        }
    }

    @Test
    void noRequestIsSentTwiceUnseenOrToAnybodyElse() throws Exception {
        try (ClosingServer server = new ClosingServer(ClosingServer.Manner.CLOSE, 3);
                FakeShop elsewhere = FakeShop.healthy()) {
            String strays = simulation("Strays", """
                    setUp(
                                    scenario("home").exec(http("home").get("/")).injectOpen(atOnceUsers(1)),
                                    scenario("away").exec(http("away").get("%s/items")).injectOpen(atOnceUsers(1)))
                            .protocols(http.baseUrl("https://shop.example.com").shareConnections());
                    """.formatted(elsewhere.uri()));
            run(server.uri(), compile(folder.resolve("classes"), strays));

            assertThat(elsewhere.requests()).isZero();
            assertThat(server.read()).isEqualTo(50);
            long lost = server.read() - server.answered();
            assertThat(lost).isPositive();
            List<RequestSample> failed =
                    samples().stream().filter(sample -> !sample.ok()).toList();
            assertThat(count(failed, sample -> sample.name() + ": " + FailureCause.of(sample)))
                    .isEqualTo(Map.of("home: CONNECTION_LOST", lost, "away: OTHER", 50L));
            assertThat(failed)
                    .filteredOn(sample -> sample.name().equals("away"))
                    .allMatch(sample -> sample.error().contains("expected requests to the balancer at "));
        }
    }
}
