package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseReportTest {
    private static final OrderAudit WHOLE = new OrderAudit(900, 890, 891, 0, 0);

    @TempDir
    private Path folder;

    @Test
    void theTimesAreShownWithTheirSpreadAndEachRunOfOursBesideTheScriptsMedian() {
        List<FailoverTrial> trials = List.of(
                trial(FailoverBy.LAB, DatabaseFault.KILL, 300, WHOLE),
                trial(FailoverBy.LAB, DatabaseFault.KILL, 200, WHOLE),
                trial(FailoverBy.LAB, DatabaseFault.KILL, 450, WHOLE),
                trial(FailoverBy.SCRIPT, DatabaseFault.KILL, 200, WHOLE));

        List<List<String>> rows = new DatabaseReport(trials, List.of()).times();

        assertThat(rows)
                .contains(
                        List.of(
                                "kill",
                                "no acknowledged order, ms",
                                "lab",
                                "3",
                                "200",
                                "300",
                                "450",
                                "450",
                                "1.50 (1-2.25)",
                                "p50 <= 500, p95 <= 1000: met"),
                        List.of(
                                "kill",
                                "no acknowledged order, ms",
                                "script",
                                "1",
                                "200",
                                "200",
                                "200",
                                "200",
                                "-",
                                ""),
                        List.of("kill", "no page answered, ms", "lab", "3", "30", "30", "30", "30", "-", ""),
                        List.of("kill", "redundant again, s", "lab", "3", "9.50", "9.50", "9.50", "9.50", "-", ""));
    }

    @Test
    void ofTwentyRunsTheSecondLargestIsTheP95() {
        List<FailoverTrial> trials = new ArrayList<>(IntStream.rangeClosed(1, 18)
                .mapToObj(run -> trial(FailoverBy.LAB, DatabaseFault.KILL, 400, WHOLE))
                .toList());
        trials.add(trial(FailoverBy.LAB, DatabaseFault.KILL, 1000, WHOLE));
        trials.add(trial(FailoverBy.LAB, DatabaseFault.KILL, 3000, WHOLE));

        assertThat(writes(trials, List.of()).subList(3, 10))
                .containsExactly("20", "400", "400", "1000", "3000", "-", "p50 <= 500, p95 <= 1000: met");
    }

    @Test
    void anAimIsMissedByWhatIsTooLongAndByRunsWithoutFigures() {
        assertThat(writes(List.of(trial(FailoverBy.LAB, DatabaseFault.KILL, 501, WHOLE)), List.of()))
                .endsWith("p50 <= 500, p95 <= 1000: missed");
        assertThat(writes(
                        List.of(trial(FailoverBy.LAB, DatabaseFault.KILL, 400, WHOLE)),
                        List.of(new DatabaseBench.Failure(FailoverBy.LAB, DatabaseFault.KILL, 7, "no failover"))))
                .contains("1 of 2")
                .endsWith("p50 <= 500, p95 <= 1000: missed");
        assertThat(writes(List.of(trial(FailoverBy.LAB, DatabaseFault.CUT, 2100, WHOLE)), List.of()))
                .as("nothing is aimed at for the other faults")
                .endsWith("");
    }

    @Test
    void anAimThatNoRunGaveAFigureForIsShownAsMissed() throws Exception {
        DatabaseReport report = new DatabaseReport(
                List.of(trial(FailoverBy.SCRIPT, DatabaseFault.KILL, 200, WHOLE)),
                List.of(
                        new DatabaseBench.Failure(FailoverBy.LAB, DatabaseFault.KILL, 7, "no failover"),
                        new DatabaseBench.Failure(FailoverBy.LAB, DatabaseFault.KILL, 8, "no failover")));

        assertThat(report.times().get(1))
                .containsExactly(
                        "kill",
                        "no acknowledged order, ms",
                        "lab",
                        "0 of 2",
                        "-",
                        "-",
                        "-",
                        "-",
                        "-",
                        "p50 <= 500, p95 <= 1000: missed");
        assertThat(report.times()).filteredOn(row -> row.get(2).equals("lab")).hasSize(1);

        Path file = folder.resolve("figures.json");
        report.write(file, "./lab bench database");
        JsonNode times = new ObjectMapper().readTree(file.toFile()).get("times").get(0);
        assertThat(times.get("count").asInt()).isZero();
        assertThat(times.has("p50")).isFalse();
        assertThat(times.get("aimMet").asBoolean()).isFalse();
    }

    @Test
    void lostAndDoubledOrdersOfAllRunsAreAddedUp() {
        List<FailoverTrial> trials = List.of(
                trial(FailoverBy.LAB, DatabaseFault.KILL, 300, WHOLE),
                trial(FailoverBy.LAB, DatabaseFault.PAUSE, 300, new OrderAudit(900, 890, 889, 1, 2)),
                trial(FailoverBy.ASYNCHRONOUS, DatabaseFault.KILL, 300, new OrderAudit(9000, 8900, 8879, 21, 0)),
                trial(FailoverBy.ASYNCHRONOUS, DatabaseFault.KILL, 300, new OrderAudit(9000, 8900, 8900, 0, 0)));

        assertThat(new DatabaseReport(trials, List.of()).orders())
                .containsExactly(
                        List.of(
                                "FAULT",
                                "FAILOVER BY",
                                "RUNS",
                                "ORDERS SENT",
                                "ACKNOWLEDGED",
                                "FOUND",
                                "LOST",
                                "DOUBLED",
                                "AIM"),
                        List.of("kill", "lab", "1", "900", "890", "891", "0", "0", "0 lost, 0 doubled: met"),
                        List.of(
                                "kill",
                                "script, async",
                                "2",
                                "18000",
                                "17800",
                                "17779",
                                "21 in 1 runs, most 21",
                                "0",
                                ""),
                        List.of(
                                "pause",
                                "lab",
                                "1",
                                "900",
                                "890",
                                "889",
                                "1 in 1 runs, most 1",
                                "2",
                                "0 lost, 0 doubled: missed"));
    }

    @Test
    void oneLostOrOneDoubledOrderIsEnoughToMissTheAim() {
        for (OrderAudit wrong : List.of(new OrderAudit(900, 890, 889, 1, 0), new OrderAudit(900, 890, 891, 0, 1))) {
            assertThat(new DatabaseReport(List.of(trial(FailoverBy.LAB, DatabaseFault.KILL, 300, wrong)), List.of())
                            .orders()
                            .getLast())
                    .as("%s", wrong)
                    .endsWith("0 lost, 0 doubled: missed");
        }
    }

    @Test
    void theFileHasTheSameNumbersAndWhatFailed() throws Exception {
        Path file = folder.resolve("figures.json");
        new DatabaseReport(
                        List.of(
                                trial(FailoverBy.LAB, DatabaseFault.KILL, 300, WHOLE),
                                trial(FailoverBy.SCRIPT, DatabaseFault.KILL, 200, WHOLE)),
                        List.of(new DatabaseBench.Failure(FailoverBy.LAB, DatabaseFault.CUT, 7, "no failover")))
                .write(file, "./lab bench database");

        JsonNode json = new ObjectMapper().readTree(file.toFile());

        JsonNode writes = json.get("times").get(0);
        assertThat(writes.get("p50").asDouble()).isEqualTo(300);
        assertThat(writes.get("toScript").get("p50").asDouble()).isEqualTo(1.5);
        assertThat(writes.get("aimMet").asBoolean()).isTrue();
        assertThat(json.get("orders").get(0).get("acknowledged").asLong()).isEqualTo(890);
        assertThat(json.get("failures").get(0).get("why").asText()).isEqualTo("no failover");
        assertThat(json.get("repeat").asText()).isEqualTo("./lab bench database");
    }

    @Test
    void aRunIsALineOfTheFile() {
        assertThat(trial(FailoverBy.LAB, DatabaseFault.KILL, 300, WHOLE).csv())
                .isEqualTo("kill,lab,41,300.0,30.0,10.0,100.0,2.0,88.0,9500.0,900,890,891,0,0,1.5");
        assertThat(trial(FailoverBy.SCRIPT, DatabaseFault.CUT, 200, WHOLE).csv())
                .isEqualTo("cut,script,41,200.0,,10.0,100.0,2.0,88.0,,900,890,891,0,0,");
        assertThat(FailoverTrial.CSV_HEADER.split(",")).hasSize(16);
        assertThat(trial(FailoverBy.SCRIPT, DatabaseFault.CUT, 200, WHOLE).csv().split(",", -1))
                .hasSize(16);
    }

    @Test
    void asynchronousReplicationIsOnlyKilled() {
        DatabaseBench.Plan plan = new DatabaseBench.Plan(List.of(DatabaseFault.values()), 20, 6, 100, 1);

        assertThat(plan.trials()).isEqualTo(3 * (20 + 6) + 6);
        assertThat(plan.each()).isEqualTo(Duration.ofMillis(17_500));
    }

    private static List<String> writes(List<FailoverTrial> trials, List<DatabaseBench.Failure> failures) {
        return new DatabaseReport(trials, failures)
                .times().stream()
                        .filter(row -> row.get(1).startsWith("no acknowledged order"))
                        .findFirst()
                        .orElseThrow();
    }

    private static FailoverTrial trial(FailoverBy by, DatabaseFault fault, long writes, OrderAudit orders) {
        boolean lab = by == FailoverBy.LAB;
        return new FailoverTrial(
                by,
                fault,
                41,
                Duration.ofMillis(writes),
                lab ? Optional.of(Duration.ofMillis(30)) : Optional.empty(),
                new FailoverPhases(
                        Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(2), Duration.ofMillis(88)),
                lab ? Optional.of(Duration.ofMillis(9500)) : Optional.empty(),
                orders,
                lab ? Optional.of(Duration.ofNanos(1_500_000)) : Optional.empty());
    }
}
