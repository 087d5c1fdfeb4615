package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.fault.AzPower;
import io.failoverlab.fault.CpuStress;
import io.failoverlab.fault.Failover;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.MemoryStress;
import io.failoverlab.profile.RateStep;
import io.failoverlab.profile.Rates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

class ExperimentFileTest {
    @Test
    void killOneWebIsWhatItSays() {
        Experiment experiment = ExperimentFile.read("kill-one-web");

        assertThat(experiment.topology().name()).isEqualTo("two-web-one-db");
        assertThat(experiment.load())
                .isEqualTo(new Experiment.Load(
                        "browse-and-order",
                        300,
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        0.2));
        assertThat(experiment.injections())
                .isEqualTo(List.of(new Experiment.Injection(
                        new Kill(), "web-1a", List.of("web-1a"), Duration.ofSeconds(20), Optional.empty())));
        assertThat(experiment.expectations())
                .isEqualTo(Map.of(
                        "requests-lost", "= 0",
                        "detected", "within 1 s",
                        "alarmed", "within 2 s",
                        "writes-lost", "= 0",
                        "writes-duplicated", "= 0",
                        "writes-unexpected", "= 0"));
    }

    @Test
    void cpuStressRunsFiveYesForTwentySeconds() {
        assertThat(ExperimentFile.read("cpu-stress").injections())
                .isEqualTo(List.of(new Experiment.Injection(
                        new CpuStress(5, Duration.ofSeconds(20)),
                        "web-1c",
                        List.of("web-1c"),
                        Duration.ofSeconds(25),
                        Optional.of(Duration.ofSeconds(20)))));
    }

    @Test
    void loseOneZoneHitsWhatIsInZoneC() {
        assertThat(ExperimentFile.read("lose-one-zone").injections())
                .isEqualTo(List.of(new Experiment.Injection(
                        new AzPower(),
                        "c",
                        List.of("web-1c"),
                        Duration.ofSeconds(20),
                        Optional.of(Duration.ofSeconds(20)))));
    }

    @Test
    void aFaultOfAZoneHitsItsDatabaseTooButNotTheBalancer() {
        assertThat(zoneFault("zone: a").injections().getFirst().instances()).containsExactly("web-1a", "db-1");
    }

    @Test
    void aFaultOfAZoneNamesAZoneThatTheTopologyHas() {
        assertThatThrownBy(() -> zoneFault("zone: b"))
                .hasMessageContaining("expected a zone of two-web-one-db with instances: a, c")
                .hasMessageContaining("found b");
        assertThatThrownBy(() -> zoneFault("instance: web-1a"))
                .hasMessageContaining("faults[0].zone")
                .hasMessageContaining("\"instance\"");
    }

    private static Experiment zoneFault(String where) {
        return ExperimentFile.parse(
                "mine.yaml", "name: x\nfaults:\n  - {fault: az-network, " + where + ", at: 9s}\n", Path.of(""));
    }

    @Test
    void aNameAloneIsAnExperimentWithDefaults() {
        Experiment experiment = ExperimentFile.parse("mine.yaml", "name: calm\n", Path.of(""));
        assertThat(experiment.topology().name()).isEqualTo("two-web-one-db");
        assertThat(experiment.load().rate()).isEqualTo(300);
        assertThat(experiment.injections()).isEmpty();
    }

    @Test
    void everyMistakeOfAFileIsToldAtOnceWithItsPlace() {
        InvalidInput invalid =
                catchThrowableOfType(InvalidInput.class, () -> ExperimentFile.parse("mine.yaml", """
                        name: wrong
                        topolgy: two-web-one-db
                        load:
                          simulation: browse-and-oder
                          rate: 0
                          duration: 5s
                          ramp: 3s
                          warm-up: 3s
                        faults:
                          - fault: kil
                            instance: web-1a
                            at: 1s
                          - fault: pause
                            instance: web1c
                            at: 90s
                        expect:
                          requests-lost: none
                          alarmd: <= 2s
                        """, Path.of("")));

        assertThat(invalid.problems().stream().map(problem -> problem.line() + ": " + problem.found()))
                .containsExactlyInAnyOrder(
                        "2: \"topolgy\"",
                        "4: browse-and-oder",
                        "5: the number 0",
                        "6: 5 s",
                        "10: kil",
                        "14: web1c",
                        "15: 90 s",
                        "17: requests-lost: none",
                        "18: alarmd: <= 2s");
        assertThat(invalid.getMessage())
                .contains("mine.yaml:2:")
                .contains("did you mean \"topology\"?")
                .contains("did you mean \"browse-and-order\"?")
                .contains("did you mean \"kill\"?")
                .contains("did you mean \"web-1c\"?");
    }

    @Test
    void anUnknownNameGetsTheNearest() {
        assertThatThrownBy(() -> ExperimentFile.read("kill-one-wep"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("kill-one-wep")
                .hasMessageContaining("did you mean \"kill-one-web\"?");
    }

    @Test
    void anUnknownPatternIsToldAtTheKeyThatNamesIt() {
        assertThatThrownBy(() -> ExperimentFile.parse("mine.yaml", "name: x\ntopology: two-web-one-bd\n", Path.of("")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("mine.yaml:2:11")
                .hasMessageContaining("two-web-one-db");
    }

    private static Experiment symbolic(String topology, String targets, long seed) {
        return ExperimentFile.parse("mine.yaml", """
                name: mine
                topology: %s
                faults:
                  - {fault: kill, at: 20s, targets: %s}
                """.formatted(topology, targets), Path.of(""), seed, it -> it);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            two-web-one-db   | {role: web}                       | web-1a, web-1c
            two-web-one-db   | {role: web, zone: c}              | web-1c
            two-web-multi-az | {role: primary}                   | db-1
            two-web-multi-az | {role: standby}                   | db-2
            two-web-multi-az | {role: database, select: ALL}     | db-1, db-2
            two-web-multi-az | {role: database, zone: c}         | db-2
            two-web-one-db   | {role: balancer}                  | lb
            two-web-one-db   | {role: web, select: all}          | web-1a, web-1c
            two-web-multi-az | {tag: tier=db}                    | db-1, db-2
            two-web-multi-az | {tag: tier=db, role: standby}     | db-2
            two-web-one-db   | {tag: Name=web-1c}                | web-1c
            two-web-one-db   | {tag: tier=web, zone: a}          | web-1a
            """)
    void targetsAreFoundByWhatTheyAre(String topology, String targets, String expected) {
        Experiment experiment = symbolic(topology, targets, 1);

        assertThat(experiment.injections().stream().map(Experiment.Injection::where))
                .containsExactly(expected.split(", "));
        assertThat(experiment.seed()).isEmpty();
    }

    @Test
    void whatIsLeftToChanceIsChosenByTheSeed() {
        List<List<String>> chosen = LongStream.range(0, 20)
                .mapToObj(seed -> symbolic("two-web-one-db", "{role: web, select: COUNT(1)}", seed))
                .map(experiment -> experiment.injections().stream()
                        .map(Experiment.Injection::where)
                        .toList())
                .toList();

        assertThat(chosen).contains(List.of("web-1a"), List.of("web-1c")).allMatch(one -> one.size() == 1);
        assertThat(symbolic("two-web-one-db", "{role: web, select: COUNT(1)}", 7)
                        .seed())
                .hasValue(7);
        assertThat(symbolic("two-web-one-db", "{role: web, select: one}", 7))
                .isEqualTo(symbolic("two-web-one-db", "{role: web, select: COUNT(1)}", 7));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {role: standby}                     | expected an instance of two-web-one-db for ALL of standby, found 0 that fit; it has lb, web-1a, web-1c, db-1
            {role: web, select: PERCENT(10)}    | expected an instance of two-web-one-db for PERCENT(10) of web, found 2 that fit
            {role: web, zone: b}                | expected a zone of two-web-one-db: a, c, found b
            {select: one}                       | expected one of web, database, primary, standby, balancer for faults[0].targets.role, found no such key
            {tag: env=prod}                     | expected KEY=VALUE with the key Name, tier or aws:autoscaling:groupName for faults[0].targets.tag, found
            {tag: tier=cache}                   | expected an instance of two-web-one-db for ALL of tier=cache, found 0 that fit
            {role: webs}                        | expected one of web, database, primary, standby, balancer for faults[0].targets.role
            {select: SOME}                      | expected one, all, ALL, COUNT(n) with n of 1 or more, or PERCENT(n) with n of 1 to 100
            {role: web}, instance: web-1a       | expected either targets or an instance, found both
            """)
    void targetsThatCannotBeAreRefused(String targets, String message) {
        assertThatThrownBy(() -> symbolic("two-web-one-db", targets, 1)).hasMessageContaining(message);
    }

    @Test
    void sentencesAndNamesSayTheSame() {
        Map<String, String> sentences = expectations("""
                  - requests lost = 0
                  - alarm web-1a-down within 2 s
                  - recovered at worst degraded
                """);

        assertThat(sentences)
                .containsExactly(
                        Map.entry("requests-lost", "= 0"),
                        Map.entry("alarm web-1a-down", "within 2 s"),
                        Map.entry("recovered", "at worst degraded"));
        assertThat(expectations("""
                  requests-lost: = 0
                  alarm web-1a-down: within 2 s
                  recovered: at worst degraded
                """)).isEqualTo(sentences);
    }

    private static Map<String, String> expectations(String lines) {
        return ExperimentFile.parse("mine.yaml", "name: mine\nexpect:\n" + lines, Path.of(""))
                .expectations();
    }

    @Test
    void everySentenceThatIsWrongIsToldWithLineAndColumn() {
        InvalidInput invalid = catchThrowableOfType(InvalidInput.class, () -> expectations("""
                  - request lost = 0
                  - p99 during < 250
                  - alarm web-1a-dwon within 2 s
                  - recovered within 10 s
                  - recovered within 20 s
                """));

        assertThat(invalid.problems().stream().map(problem -> problem.line() + ":" + problem.column()))
                .containsExactly("3:5", "4:5", "5:5", "7:5");
        assertThat(invalid)
                .hasMessageContaining("did you mean \"requests lost\"?")
                .hasMessageContaining("such as < 500ms")
                .hasMessageContaining(
                        "expected an alarm of the stack, found web-1a-dwon; did you mean \"web-1a-down\"?")
                .hasMessageContaining("a second one: within 20 s; the first is within 10 s");
    }

    @Test
    void aLoadMayFollowACourseAndReplayAFile(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("rates.txt"), "10\n20\n20\n");
        Experiment experiment = ExperimentFile.parse("mine.yaml", """
                name: mine
                load:
                  rates:
                    - 0 to 100 in 8s
                    - 100 for 20s
                    - replay rates.txt
                  warm-up: 10s
                faults:
                  - {fault: kill, instance: web-1a, at: 20s}
                """, folder);

        assertThat(experiment.load())
                .isEqualTo(new Experiment.Load(
                        "browse-and-order",
                        new Rates(List.of(
                                new RateStep(0, 100, Duration.ofSeconds(8)),
                                new RateStep(100, 100, Duration.ofSeconds(20)),
                                new RateStep(10, 10, Duration.ofSeconds(1)),
                                new RateStep(20, 20, Duration.ofSeconds(2)))),
                        Duration.ofSeconds(10),
                        0.2));
        assertThat(experiment.load().duration()).isEqualTo(Duration.ofSeconds(31));
        assertThat(experiment.with(experiment.topology(), 50).load().rates())
                .hasToString("0 to 50 in 8s, 50 for 20s, 5 for 1s, 10 for 2s");
    }

    @Test
    void aCourseThatCannotBeIsToldLineByLine() {
        InvalidInput invalid =
                catchThrowableOfType(InvalidInput.class, () -> ExperimentFile.parse("mine.yaml", """
                name: mine
                load:
                  rate: 300
                  rates:
                    - 0 to 100
                    - replay none.txt
                  warm-up: 1500ms
                """, Path.of("")));

        assertThat(invalid.problems().stream().map(problem -> problem.line() + ":" + problem.column()))
                .containsExactly("3:9", "5:7", "6:7", "7:12");
        assertThat(invalid)
                .hasMessageContaining("expected either rates or rate")
                .hasMessageContaining("found no file none.txt")
                .hasMessageContaining("expected whole seconds");
    }

    @Test
    void anExperimentMayBringAlarmsOfItsOwn() {
        Experiment experiment = ExperimentFile.parse("mine.yaml", """
                name: mine
                alarms:
                  - AlarmName: client-slow
                    Namespace: FailoverLab/Client
                    MetricName: Latency
                    ExtendedStatistic: p99
                    Period: 1
                    EvaluationPeriods: 2
                    Threshold: 250
                    ComparisonOperator: GreaterThanThreshold
                    TreatMissingData: notBreaching
                  - AlarmName: web-1a-idle
                    Namespace: AWS/EC2
                    MetricName: CPUUtilization
                    Dimensions: [{Name: InstanceId, Value: web-1a}]
                    Statistic: Average
                    Period: 1
                    EvaluationPeriods: 1
                    Threshold: 1
                    ComparisonOperator: LessThanThreshold
                expect:
                  - alarm client-slow does not happen
                """, Path.of(""));

        assertThat(experiment.alarms().stream().map(PutMetricAlarmRequest::alarmName))
                .containsExactly("client-slow", "web-1a-idle");
        assertThat(AlarmReader.onStack(
                                experiment.alarms().getLast(),
                                Map.of("web-1a", "i-0123456789abcdef0"),
                                "app/lb/1",
                                "tg/2")
                        .dimensions())
                .containsExactly(Dimension.builder()
                        .name("InstanceId")
                        .value("i-0123456789abcdef0")
                        .build());
    }

    @Test
    void anAlarmThatCloudWatchWouldNotTakeIsRefused() {
        InvalidInput invalid =
                catchThrowableOfType(InvalidInput.class, () -> ExperimentFile.parse("mine.yaml", """
                name: mine
                alarms:
                  - AlarmName: web-1a-down
                    Namespace: AWS/EC2
                    MetricName: CPUUtilization
                    Statistic: Mean
                    Perod: 1
                    EvaluationPeriods: 1
                    Threshold: 1
                    ComparisonOperator: LessThanThreshold
                """, Path.of("")));

        assertThat(invalid)
                .hasMessageContaining("mine.yaml:3:16: expected a name that no other alarm has, found web-1a-down")
                .hasMessageContaining("mine.yaml:6:16: expected one of SampleCount, Average,")
                .hasMessageContaining("\"Perod\"; did you mean \"Period\"?")
                .hasMessageContaining("for alarms[0].Period, found no such key");
    }

    @Test
    void whatThePutOfAnAlarmWouldRefuseIsToldBeforeTheStackIsUp() {
        InvalidInput invalid =
                catchThrowableOfType(InvalidInput.class, () -> ExperimentFile.parse("mine.yaml", """
                name: mine
                alarms:
                  - AlarmName: a
                    Namespace: AWS/EC2
                    MetricName: CPUUtilization
                    Dimensions: [{Name: InstanceId, Value: web-1a}, {Name: InstanceId, Value: web-1c}]
                    ExtendedStatistic: p101
                    Period: 7
                    EvaluationPeriods: 2
                    DatapointsToAlarm: 3
                    Threshold: 1
                    ComparisonOperator: GreaterThanUpperThreshold
                  - AlarmName: b
                    Namespace: AWS/EC2
                    MetricName: CPUUtilization
                    ExtendedStatistic: the slowest
                    Period: 60
                    EvaluationPeriods: 1441
                    Threshold: 1
                    ComparisonOperator: LessThanThreshold
                """, Path.of("")));

        assertThat(invalid)
                .hasMessageContaining("mine.yaml:6:53: expected a dimension once, found InstanceId a second time")
                .hasMessageContaining("mine.yaml:7:24: expected a percentile from p0 to p100")
                .hasMessageContaining("mine.yaml:8:13: expected 1, 5, 10, 20, 30 or a multiple of 60 seconds, found 7")
                .hasMessageContaining("mine.yaml:10:24: expected at most the EvaluationPeriods, 2, found 3")
                .hasMessageContaining("mine.yaml:12:25: expected one of GreaterThanOrEqualToThreshold,")
                .hasMessageContaining("mine.yaml:16:24: expected a percentile from p0 to p100")
                .hasMessageContaining(
                        "mine.yaml:18:24: expected Period times EvaluationPeriods of at most 86400 seconds, found 60 times 1441");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p0", "p99.9", "p100", "tm90", "IQM", "TM(10%:90%)", "PR(:300)", "WM(:95%)"})
    void everyStatisticOfTheMonitorMayBeAsked(String statistic) {
        assertThat(ExperimentFile.parse("mine.yaml", """
                name: mine
                alarms:
                  - AlarmName: a
                    Namespace: FailoverLab/Client
                    MetricName: Latency
                    ExtendedStatistic: "%s"
                    Period: 1
                    EvaluationPeriods: 2
                    Threshold: 250
                    ComparisonOperator: GreaterThanThreshold
                """.formatted(statistic), Path.of(""))
                        .alarms())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../tmp/x", ".hidden", "a/b", "two words", "''"})
    void aNameThatIsNoFolderIsRefused(String name) {
        assertThatThrownBy(() -> ExperimentFile.parse("mine.yaml", "name: " + name + "\n", Path.of("")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("mine.yaml:1:7");
    }

    @Test
    void ordersThatASimulationDoesNotPlaceAreRefusedBeforeTheStackIsUp() {
        assertThatThrownBy(() -> ExperimentFile.parse(
                        "mine.yaml", "name: mine\nload: {simulation: browse, orders: 0.2}\n", Path.of("")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("mine.yaml:2:36: expected orders that browse places, found 0.2");
    }

    @Test
    void anFisTemplateOfAFileIsExpectedToCompleteUnlessItIsToldOtherwise() {
        String file = "name: mine\nload: {duration: 70s}\nfis: {template: instances.json, time-scale: 20}\n";
        Path folder = Path.of("src/test/resources/fis");

        assertThat(ExperimentFile.parse("mine.yaml", file + "expect: [requests lost = 0]\n", folder)
                        .expectations())
                .isEqualTo(Map.of("requests-lost", "= 0", "experiment", "completed"));
        assertThat(ExperimentFile.parse("mine.yaml", file + "expect: [experiment stopped]\n", folder)
                        .expectations())
                .isEqualTo(Map.of("experiment", "stopped"));
    }

    @Test
    void anFisTemplateMayBeStoppedByAnAlarmOfTheFilesOwn(@TempDir Path folder) throws IOException {
        String alarm = """
                name: mine
                load: {duration: 70s}
                alarms:
                  - AlarmName: client-slow
                    Namespace: FailoverLab/Client
                    MetricName: Latency
                    ExtendedStatistic: p99
                    Period: 1
                    EvaluationPeriods: 2
                    Threshold: 250
                    ComparisonOperator: GreaterThanThreshold
                """;
        String template = Files.readString(Path.of("src/test/resources/fis/stop-with-condition.json"));
        Files.writeString(folder.resolve("mine.json"), template.replace("alarm:latency", "alarm:client-slow"));

        Experiment experiment = ExperimentFile.parse("mine.yaml", alarm + "fis: {template: mine.json}\n", folder);

        assertThat(experiment.fis().orElseThrow().plan(experiment.topology()).stopAlarms())
                .containsExactly("client-slow");
    }

    @Test
    void anFisTemplateMayBeTheFault() {
        Experiment experiment = ExperimentFile.parse("mine.yaml", """
                name: mine
                load: {duration: 70s}
                fis: {template: instances.json, at: 15s, time-scale: 20}
                """, Path.of("src/test/resources/fis"), 7, it -> it);

        assertThat(experiment.fis().orElseThrow().at()).isEqualTo(Duration.ofSeconds(15));
        assertThat(experiment.fis().orElseThrow().scale()).isEqualTo(20);
        assertThat(experiment.seed()).hasValue(7);
        assertThatThrownBy(() ->
                        ExperimentFile.parse("mine.yaml", "name: mine\nfis: {template: none.json}\n", Path.of("")))
                .hasMessageContaining("mine.yaml:2:17")
                .hasMessageContaining("none.json");
    }

    @Test
    void anApplicationOfOnesOwnIsAskedForPathsAndNothingIsExpectedOfItsWrites() {
        Experiment plain = ExperimentFile.read("kill-one-web").requesting(List.of("/", "/about"));

        assertThat(plain.load().simulation()).isEqualTo("get");
        assertThat(plain.load().orders()).isZero();
        assertThat(plain.load().paths()).containsExactly("/", "/about");
        assertThat(plain.expectations()).containsOnlyKeys("requests-lost", "detected", "alarmed");
        assertThat(ExperimentFile.parse("mine.yaml", "name: x\nload: {simulation: get, paths: [/a]}\n", Path.of(""))
                        .load()
                        .paths())
                .containsExactly("/a");
        assertThatThrownBy(() -> ExperimentFile.parse("mine.yaml", "name: x\nload: {simulation: get}\n", Path.of("")))
                .hasMessageContaining("paths: expected 1 to 20 for get, found 0");
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void everyBuiltInExperimentAnswersAQuestion(String name) {
        Experiment experiment = ExperimentFile.read(name);

        assertThat(experiment.name()).isEqualTo(name);
        assertThat(ExperimentFile.question(name))
                .as("the first line of its file")
                .isNotBlank();
        assertThat(experiment.expectations()).isNotEmpty();
    }

    static List<String> builtIn() {
        return ExperimentFile.builtIn();
    }

    private static Experiment faulty(String entry) {
        return ExperimentFile.parse(
                "mine.yaml", "name: mine\ntopology: two-web-multi-az\nfaults:\n  - {" + entry + "}\n", Path.of(""));
    }

    @Test
    void aFaultTakesItsParameters() {
        assertThat(faulty("fault: memory-stress, instance: web-1a, at: 20s, for: 10s, percent: 70")
                        .injections())
                .containsExactly(new Experiment.Injection(
                        new MemoryStress(70, Duration.ofSeconds(10)),
                        "web-1a",
                        List.of("web-1a"),
                        Duration.ofSeconds(20),
                        Optional.of(Duration.ofSeconds(10))));
        assertThat(faulty("fault: failover, database: db-1, at: 20s").injections())
                .containsExactly(new Experiment.Injection(
                        new Failover(), "db-1", List.of("db-1"), Duration.ofSeconds(20), Optional.empty()));
        assertThat(faulty("fault: replica-lag, instance: db-2, at: 20s, delay: 2s")
                        .injections()
                        .getFirst()
                        .where())
                .isEqualTo("db-2");
        assertThat(faulty("fault: dns-stale, database: db, at: 20s, for: 10s")
                        .injections()
                        .getFirst()
                        .where())
                .isEqualTo("db-1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fault: memory-stress, instance: web-1a, at: 1s, percent: 101 | mine.yaml:4:63: expected a whole number from 1 to 100 for faults[0].percent, found
            fault: memory-stress, instance: web-1a, at: 1s, percnt: 10   | expected a known key of faults[0], found "percnt"; did you mean "percent"?
            fault: kill, instance: web-1a, at: 1s, yes: 5                | expected a known key of faults[0], found "yes"
            fault: reboot, instance: web-1a, at: 1s, for: 3s             | expected a fault reboot that can be, found for: expected no time for reboot, which is over once it is done; found 3s
            fault: latency, instance: web-1a, at: 1s, jitter: 30s        | expected a delay above 0 and a jitter up to it
            fault: failover, database: db-9, at: 1s                      | expected the database of two-web-multi-az: db-1, db, found db-9
            fault: failover, at: 1s                                      | expected text for faults[0].database, found no such key
            fault: failover, at: 1s, targets: {role: primary}            | expected a database for this fault, found targets
            fault: replica-lag, instance: web-1a, at: 1s                 | expected a read replica or a standby that runs for this fault, found web-1a, which replicates from nobody; two-web-multi-az has db-2
            fault: replica-lag, targets: {role: database}, at: 1s        | found db-1, which replicates from nobody; two-web-multi-az has db-2
            """)
    void aFaultThatCannotBeIsRefused(String entry, String message) {
        assertThatThrownBy(() -> faulty(entry)).hasMessageContaining(message);
    }
}
