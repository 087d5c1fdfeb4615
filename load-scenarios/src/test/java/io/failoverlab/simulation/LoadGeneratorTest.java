package io.failoverlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.failoverlab.history.FailureCause;
import io.failoverlab.history.ItemVersion;
import io.failoverlab.history.ItemVersionLog;
import io.failoverlab.history.RequestLog;
import io.failoverlab.history.RequestSample;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.RateStep;
import io.failoverlab.profile.Rates;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
import io.failoverlab.simulation.LoadGenerator.HtmlReport;
import io.failoverlab.simulation.LoadResult.Ending;
import io.failoverlab.verdict.StaleReadAudit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the real generator, in its own JVM, against servers on loopback that keep their own count. */
@Execution(ExecutionMode.CONCURRENT)
class LoadGeneratorTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private final List<LoadSecond> seconds = new CopyOnWriteArrayList<>();

    @Test
    void everyCountAgreesWithTheServersOwn() throws Exception {
        try (FakeShop shop = FakeShop.healthy()) {
            LoadResult result = run(profile(shop.uri(), 100, 4), HtmlReport.MAKE);

            // half of the rate during the ramp of one second, then three seconds at the rate
            assertThat(shop.requests()).isEqualTo(350);
            assertThat(liveCounts(RequestCount::ok)).isEqualTo(shop.byName());
            assertThat(liveStatuses()).isEqualTo(named(shop.byStatus()));
            assertThat(csvColumn(0)).isEqualTo(shop.byName());
            assertThat(csvColumn(4)).isEqualTo(named(shop.byStatus()));
            assertThat(seconds.stream().mapToLong(LoadSecond::started).sum()).isEqualTo(350);
            assertThat(seconds.stream().mapToLong(LoadSecond::scheduled).sum()).isEqualTo(350);

            Ledger ledger = Ledger.read(directory.resolve(Ledger.FILE));
            assertThat(ledger.acknowledged()).isEqualTo(shop.orders());
            assertThat(ledger.attempted()).hasSameElementsAs(shop.keys());
            assertThat(shop.keys()).doesNotHaveDuplicates();
            assertThat(shop.keys().size() / 350.0).isCloseTo(0.2, within(0.06));

            // kept alive: some at once while the generator is cold, then always the same
            assertThat(shop.connections()).isLessThan(100);

            assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
            assertThat(result.report())
                    .hasValueSatisfying(page -> assertThat(page).isNotEmptyFile());
            // Gatling asked nobody for its newest version, else it would have noted when
            assertThat(directory.resolve("gatling/.java/.userPrefs/io/gatling/latestVersion/prefs.xml"))
                    .content()
                    .contains("key=\"lastCheckTimestamp\" value=\"9223372036854775807\"");
        }
    }

    @Test
    void whatCustomersAndClerksCameToKnowOfItemsIsWrittenDown() throws Exception {
        try (FakeShop shop = FakeShop.healthy()) {
            LoadProfile profile = new LoadProfile(
                    Simulations.BROWSE_AND_REPRICE,
                    200,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    0.5,
                    42,
                    new TargetPolicy(List.of(), InetAddress::getAllByName).check(shop.uri()));
            run(profile, HtmlReport.LEAVE_OUT);

            List<ItemVersion> known = ItemVersionLog.read(directory, Instant.EPOCH, new ArrayList<>());
            assertThat(csvColumn(0)).isEqualTo(shop.byName());
            assertThat(known)
                    .hasSize(Math.toIntExact(
                            shop.byName().get("item") + shop.byName().get("reprice")));
            assertThat(known.stream()
                            .filter(ItemVersion::changed)
                            .collect(Collectors.toMap(it -> "/items/" + it.item(), ItemVersion::version, Math::max)))
                    .isEqualTo(shop.versions());
            assertThat(StaleReadAudit.of(known).stale()).isEmpty();
        }
    }

    @Test
    void everySecondIsPublishedAndTheFirstOnesAreNotJudged() throws Exception {
        try (FakeShop shop = FakeShop.healthy();
                RunningLoad load = start(profile(shop.uri(), 1, 5), HtmlReport.LEAVE_OUT)) {
            LoadResult result = load.await(LONG_ENOUGH);

            long first = load.startedAt().getEpochSecond();
            assertThat(seconds)
                    .extracting(LoadSecond::epochSecond)
                    .isEqualTo(IntStream.range(0, seconds.size())
                            .mapToObj(i -> first + i)
                            .toList());
            assertThat(seconds.size()).isBetween(5, 7);
            assertThat(seconds)
                    .filteredOn(LoadSecond::judged)
                    .hasSizeBetween(2, 3)
                    .allSatisfy(second -> assertThat(second.at())
                            .isBetween(
                                    load.startedAt().plusSeconds(2),
                                    load.startedAt().plusSeconds(4)));
            assertThat(result).isEqualTo(new LoadResult(Ending.COMPLETED, Optional.empty()));
        }
    }

    @Test
    void refusedOrdersAreCountedByStatusAndNotAcknowledged() throws Exception {
        try (FakeShop shop = new FakeShop(request -> request % 5 == 0 ? 502 : request % 7 == 0 ? 503 : 200)) {
            run(profile(shop.uri(), 50, 3), HtmlReport.LEAVE_OUT);

            assertThat(liveStatuses()).isEqualTo(named(shop.byStatus())).containsKeys("502", "503");
            long refused = shop.byStatus().get(502) + shop.byStatus().get(503);
            assertThat(seconds.stream().mapToLong(LoadSecond::ko).sum()).isEqualTo(refused);
            assertThat(csvColumn(3)).containsEntry("false", refused);
            Ledger ledger = Ledger.read(directory.resolve(Ledger.FILE));
            assertThat(ledger.acknowledged()).isEqualTo(shop.orders());
            assertThat(ledger.attempted()).hasSize(shop.keys().size());
            assertThat(ledger.unknown())
                    .hasSize(shop.keys().size() - shop.orders().size())
                    .isNotEmpty();
        }
    }

    @Test
    void aRateThatChangesIsDeliveredStepByStep() throws Exception {
        try (FakeShop shop = FakeShop.healthy()) {
            List<RateStep> steps = new ArrayList<>();
            for (String line : List.of("0 to 50 in 1s", "50 for 1s", "0 for 1s", "20 for 1s")) {
                steps.addAll(Rates.parse(line, file -> List.of()));
            }
            run(
                    new LoadProfile(
                            Simulations.BROWSE,
                            new Rates(steps),
                            Duration.ZERO,
                            0,
                            42,
                            new TargetPolicy(List.of(), InetAddress::getAllByName).check(shop.uri())),
                    HtmlReport.LEAVE_OUT);

            assertThat(shop.requests()).isEqualTo(25 + 50 + 20);
            assertThat(seconds.stream().mapToLong(LoadSecond::scheduled).sum()).isEqualTo(95);
            assertThat(seconds.stream().mapToLong(LoadSecond::started).sum()).isEqualTo(95);
        }
    }

    @Test
    void aRequestWhoseKeptAliveConnectionEndsIsLostAndNotSentAgain() throws Exception {
        try (ClosingServer server = new ClosingServer(ClosingServer.Manner.CLOSE, 3)) {
            run(profile(server.uri(), 50, 3), HtmlReport.LEAVE_OUT);

            assertThat(server.read()).isEqualTo(125);
            assertThat(csvColumn(3))
                    .isEqualTo(Map.of("true", server.answered(), "false", server.read() - server.answered()));
            assertThat(causes()).isEqualTo(Map.of(FailureCause.CONNECTION_LOST, server.read() - server.answered()));
        }
    }

    @Test
    void aRequestWithoutAnAnswerTimesOutAfterTenSeconds() throws Exception {
        try (ClosingServer server = new ClosingServer(ClosingServer.Manner.SILENT, 0)) {
            run(profile(server.uri(), 2, 3), HtmlReport.LEAVE_OUT);

            assertThat(server.read()).isEqualTo(5);
            assertThat(causes()).isEqualTo(Map.of(FailureCause.TIMED_OUT, 5L));
            assertThat(samples())
                    .extracting(RequestSample::duration)
                    .allMatch(duration -> duration.toSeconds() >= 10 && duration.toSeconds() < 15);
        }
    }

    @Test
    void aRefusedConnectionIsCountedWithItsCause() throws Exception {
        run(profile(nobodyListens(), 20, 3), HtmlReport.LEAVE_OUT);

        assertThat(liveCounts(RequestCount::ok).values()).containsOnly(0L);
        assertThat(liveStatuses()).isEqualTo(Map.of(RequestCount.NO_STATUS, 50L));
        assertThat(csvColumn(4)).isEqualTo(Map.of("0", 50L));
        assertThat(causes()).isEqualTo(Map.of(FailureCause.CONNECTION_REFUSED, 50L));
    }

    @Test
    void aStopEndsTheLoadAtOnce() throws Exception {
        try (FakeShop shop = FakeShop.healthy();
                RunningLoad load = start(profile(shop.uri(), 50, 600), HtmlReport.MAKE)) {
            Awaitility.await().until(() -> shop.requests() > 100);
            load.stop();
            LoadResult result = load.await(Duration.ofSeconds(20));

            assertThat(result.ending()).isEqualTo(Ending.STOPPED);
            assertThat(result.report()).isPresent();
            assertThat(shop.requests()).isLessThan(50 * 30);
            assertThat(csvColumn(3).get("true"))
                    .isEqualTo(liveCounts(RequestCount::ok).values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }

    @Test
    void aKilledGeneratorIsReportedAndWhatItSawIsKept() throws Exception {
        try (FakeShop shop = FakeShop.healthy();
                RunningLoad load = start(profile(shop.uri(), 50, 600), HtmlReport.MAKE)) {
            Awaitility.await().until(() -> seconds.size() > 3);
            ProcessHandle.of(load.pid()).orElseThrow().destroyForcibly();

            assertThatThrownBy(() -> load.await(LONG_ENOUGH))
                    .isInstanceOf(LoadGeneratorFailed.class)
                    .hasMessageContaining("ended before its load was over, with exit code 137; the end of ")
                    .hasMessageContaining("LoadSimulation started");
            long published = seconds.stream()
                    .mapToLong(second -> second.ok() + second.ko())
                    .sum();
            assertThat(csvColumn(3).get("true")).isGreaterThanOrEqualTo(published);
            assertThat(Ledger.read(directory.resolve(Ledger.FILE)).attempted()).containsAll(new HashSet<>(shop.keys()));
        }
    }

    @Test
    void theGeneratorEndsWithTheLabThatStartedIt() throws Exception {
        try (FakeShop shop = FakeShop.healthy()) {
            Process lab = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            AbandonedLab.class.getName(),
                            shop.uri().toString(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ProcessHandle generator = ProcessHandle.of(
                            Long.parseLong(lab.inputReader().readLine()))
                    .orElseThrow();
            lab.destroyForcibly();

            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !generator.isAlive());
            assertThat(csvColumn(3)).containsOnlyKeys("true");
        }
    }

    @Test
    void aListenerThatFailsEndsTheLoad() throws Exception {
        try (FakeShop shop = FakeShop.healthy()) {
            LoadListener broken = second -> {
                throw new IllegalStateException("disk full");
            };
            try (RunningLoad load =
                    LoadGenerator.start(profile(shop.uri(), 10, 600), directory, HtmlReport.LEAVE_OUT, broken)) {
                assertThatThrownBy(() -> load.await(LONG_ENOUGH))
                        .isInstanceOf(LoadGeneratorFailed.class)
                        .hasMessageContaining("disk full");
                assertThat(ProcessHandle.of(load.pid())
                                .map(ProcessHandle::isAlive)
                                .orElse(false))
                        .isFalse();
            }
        }
    }

    @Test
    void theDirectoryOfAnotherLoadIsRefused() throws Exception {
        Files.writeString(directory.resolve("requests.csv"), "precious");

        assertThatThrownBy(() -> start(profile(nobodyListens(), 1, 3), HtmlReport.LEAVE_OUT))
                .isInstanceOf(IOException.class)
                .hasMessage(directory + " holds another load; give a directory of its own to each");
    }

    private RunningLoad start(LoadProfile profile, HtmlReport report) throws Exception {
        return LoadGenerator.start(profile, directory, report, seconds::add);
    }

    private LoadResult run(LoadProfile profile, HtmlReport report) throws Exception {
        try (RunningLoad load = start(profile, report)) {
            return load.await(LONG_ENOUGH);
        }
    }

    /** A ramp and a warm-up of a second each; of the requests, 20 % are orders. */
    static LoadProfile profile(URI target, int rate, int seconds) {
        return new LoadProfile(
                Simulations.BROWSE_AND_ORDER,
                rate,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(seconds),
                0.2,
                42,
                new TargetPolicy(List.of(), InetAddress::getAllByName).check(target));
    }

    private static URI nobodyListens() throws IOException {
        try (ServerSocket closedAgain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + closedAgain.getLocalPort());
        }
    }

    private SortedMap<String, Long> liveCounts(Function<RequestCount, Long> which) {
        return seconds.stream()
                .flatMap(second -> second.requests().stream())
                .collect(Collectors.groupingBy(RequestCount::name, TreeMap::new, Collectors.summingLong(which::apply)));
    }

    private SortedMap<String, Long> liveStatuses() {
        return summed(RequestCount::statuses);
    }

    private Map<FailureCause, Long> causes() throws IOException {
        return LoadSummary.of(samples(), Duration.ZERO, Duration.ofHours(1)).lost();
    }

    private List<RequestSample> samples() throws IOException {
        Instant origin = Instant.ofEpochSecond(seconds.getFirst().epochSecond());
        return RequestLog.read(directory.resolve("requests.csv"), origin, new ArrayList<>());
    }

    private SortedMap<String, Long> summed(Function<RequestCount, SortedMap<String, Long>> part) {
        return seconds.stream()
                .flatMap(second -> second.requests().stream())
                .flatMap(count -> part.apply(count).entrySet().stream())
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.summingLong(Map.Entry::getValue)));
    }

    /** The values of a column of requests.csv, each with the number of lines that have it. */
    private SortedMap<String, Long> csvColumn(int column) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("requests.csv"));
        assertThat(lines.getFirst()).isEqualTo("name,startEpochMillis,endEpochMillis,ok,status,error");
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", 6)[column])
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static SortedMap<String, Long> named(SortedMap<Integer, Long> byStatus) {
        SortedMap<String, Long> named = new TreeMap<>();
        byStatus.forEach((status, count) -> named.put(status.toString(), count));
        return named;
    }
}
