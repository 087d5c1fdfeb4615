package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.Algorithm;
import io.failoverlab.topology.CodeMatcher;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.TargetGroupAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each script is a table: the second, what happens then, and the states and the rotation after it. */
class TargetGroupTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Target A = new Target("a", "i-a", "ap-northeast-1a", "10.0.10.10", 8080);
    private static final Target B = new Target("b", "i-b", "ap-northeast-1a", "10.0.10.11", 8080);
    private static final Target C = new Target("c", "i-c", "ap-northeast-1c", "10.0.11.10", 8080);

    private TargetGroup group = group(Duration.ZERO, true);

    /** Three passes make healthy, two failures unhealthy, and leaving takes at most 60 s. */
    private static TargetGroup group(Duration slowStart, boolean crossZone) {
        return new TargetGroup(
                new HealthCheck(
                        new HealthCheck.Question.Http("/healthz", CodeMatcher.parse("200")),
                        OptionalInt.empty(),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        3,
                        2),
                new TargetGroupAttributes(
                        Algorithm.ROUND_ROBIN, crossZone, Duration.ofSeconds(60), slowStart, Optional.empty()));
    }

    @Test
    void aNewTargetNeedsOnePassAndOneOutOfServiceAllOfThem() {
        run("""
                0 | register a | a initial                                   |
                1 | pass a     | a healthy                                   | a
                2 | fail a     | a healthy                                   | a
                3 | fail a     | a unhealthy Target.Timeout                  | a
                4 | pass a     | a unhealthy Target.Timeout                  | a
                5 | pass a     | a unhealthy Target.Timeout                  | a
                6 | pass a     | a healthy                                   | a
                """);
    }

    @Test
    void itFailsOpenWhileTargetsAreUnhealthyAndNoneIsHealthy() {
        group.register(A);
        group.register(B);
        assertThat(group.failsOpen()).as("all are initial").isFalse();
        group.instanceGone("a", "exit code 137", START);
        assertThat(group.failsOpen()).isTrue();
        group.checked("b", new ProbeResult.Passed(), START);
        assertThat(group.failsOpen()).isFalse();
    }

    @Test
    void thoseThatAnotherLabLeftAreServedOnEvenIfNoneOfThemPasses() {
        ProbeResult late = new ProbeResult.TimedOut(Duration.ofMillis(500));
        group.takeOver(Map.of(A, late, B, late), START);
        assertThat(group.rotation(START).targets()).as("fails open").containsExactlyInAnyOrder(A, B);

        group = group(Duration.ZERO, true);
        group.takeOver(Map.of(A, late, B, new ProbeResult.Passed()), START);
        assertThat(group.rotation(START).targets()).containsExactly(B);
        group.checked("a", new ProbeResult.Passed(), START);
        assertThat(group.rotation(START).targets()).as("one pass is enough").containsExactlyInAnyOrder(A, B);
    }

    @Test
    void theLastCheckThatIsMissingIsKnownBeforeIt() {
        ProbeResult passed = new ProbeResult.Passed();
        group.register(A);
        assertThat(group.isAboutToBeHealthy("a")).isTrue();
        group.checked("a", passed, START);
        assertThat(group.isAboutToBeHealthy("a")).as("it is").isFalse();
        group.instanceGone("a", "exit code 137", START);
        group.checked("a", passed, START);
        assertThat(group.isAboutToBeHealthy("a")).as("two are missing").isFalse();
        group.checked("a", passed, START);
        assertThat(group.isAboutToBeHealthy("a")).isTrue();
        group.deregister("a", START);
        assertThat(group.isAboutToBeHealthy("a")).isFalse();
        assertThat(group.isAboutToBeHealthy("unknown")).isFalse();
    }

    @Test
    void aStoppedTargetIsUnusedUntilItRunsAgainAndThenAsANewOne() {
        run("""
                0 | register a | a initial                     |
                0 | register b | a initial, b initial          |
                1 | pass a     | a healthy, b initial          | a
                1 | pass b     | a healthy, b healthy          | a b
                2 | fail a     | a healthy, b healthy          | a b
                3 | stop a     | a unused Target.InvalidState, b healthy | b
                4 | pass a     | a unused Target.InvalidState, b healthy | b
                4 | fail a     | a unused Target.InvalidState, b healthy | b
                5 | start a    | a initial, b healthy          | b
                5 | start b    | a initial, b healthy          | b
                6 | pass a     | a healthy, b healthy          | a b
                7 | stop a     | a unused Target.InvalidState, b healthy | b
                8 | stop b     | a unused Target.InvalidState, b unused Target.InvalidState |
                """);
        assertThat(group.rotation(START).reserve()).isEmpty();
    }

    @Test
    void aHealthyTargetSurvivesFailuresThatAreNotInARow() {
        run("""
                0 | register a | a initial |
                1 | pass a     | a healthy | a
                2 | fail a     | a healthy | a
                3 | pass a     | a healthy | a
                4 | fail a     | a healthy | a
                """);
    }

    @Test
    void aNewTargetThatFailsStaysInitialUntilTheThreshold() {
        run("""
                0 | register a | a initial                  |
                1 | fail a     | a initial                  |
                2 | fail a     | a unhealthy Target.Timeout | a
                """);
    }

    @Test
    void whatIsSeenWhileItStartsIsToldAndDoesNotCount() {
        run("0 | register a | a initial |");
        group.starting("a", new ProbeResult.WrongCode("200", 404));
        group.starting("a", new ProbeResult.WrongCode("200", 404));
        group.starting("a", new ProbeResult.WrongCode("200", 404));

        assertThat(group.health().get(A))
                .isEqualTo(new TargetHealth(
                        TargetState.INITIAL,
                        "Elb.InitialHealthChecking",
                        "Initial health checks in progress: Health checks failed with these codes: [404], expected 200",
                        0,
                        0));
    }

    @Test
    void theReasonIsThatOfTheLastFailure() {
        run("""
                0 | register a    | a initial                               |
                0 | pass a        | a healthy                               | a
                1 | fail a        | a healthy                               | a
                2 | code a 503    | a unhealthy Target.ResponseCodeMismatch | a
                3 | refuse a      | a unhealthy Target.FailedHealthChecks   | a
                4 | stranger a    | a unhealthy Target.FailedHealthChecks   | a
                """);
        assertThat(group.health().get(A).description())
                .isEqualTo("Health checks failed: another instance answered, i-other instead of i-a");
    }

    @Test
    void aDeathNeedsNoThreshold() {
        run("""
                0 | register a | a initial                                          |
                0 | pass a     | a healthy                                          | a
                0 | register b | a healthy, b initial                               | a
                0 | pass b     | a healthy, b healthy                               | a b
                1 | die a      | a unhealthy Target.FailedHealthChecks, b healthy   | b
                """);
    }

    @Test
    void withNoHealthyTargetAllThatWereCheckedAreServed() {
        run("""
                0 | register a | a initial                                                                      |
                0 | register b | a initial, b initial                                                           |
                0 | pass a     | a healthy, b initial                                                           | a
                1 | die a      | a unhealthy Target.FailedHealthChecks, b initial                               | a
                1 | die b      | a unhealthy Target.FailedHealthChecks, b unhealthy Target.FailedHealthChecks   | a b
                2 | pass b     | a unhealthy Target.FailedHealthChecks, b unhealthy Target.FailedHealthChecks   | a b
                """);
    }

    @Test
    void aLeavingTargetGetsNothingNewAndIsGoneWhenItsRequestsHaveEnded() {
        run("""
                0 | register a   | a initial                                                      |
                0 | pass a       | a healthy                                                      | a
                0 | register b   | a healthy, b initial                                           | a
                0 | pass b       | a healthy, b healthy                                           | a b
                5 | deregister a | a draining Target.DeregistrationInProgress, b healthy          | b
                6 | fail a       | a draining Target.DeregistrationInProgress, b healthy          | b
                7 | drained a    | b healthy                                                      | b
                8 | drained b    | b healthy                                                      | b
                """);
        assertThat(group.rotation(START).reserve()).containsExactly(B);
    }

    @Test
    void theDelayEndsALeaveWithRequestsStillUnderWay() {
        run("""
                0  | register a   | a initial                                   |
                0  | pass a       | a healthy                                   | a
                5  | deregister a | a draining Target.DeregistrationInProgress  |
                64 | time         | a draining Target.DeregistrationInProgress  |
                65 | time         |                                             |
                """);
    }

    @Test
    void aLeavingTargetThatIsRegisteredAgainStartsAnewAndOneThatDiesIsGone() {
        run("""
                0 | register a   | a initial                                   |
                0 | pass a       | a healthy                                   | a
                5 | deregister a | a draining Target.DeregistrationInProgress  |
                6 | register a   | a initial                                   |
                7 | pass a       | a healthy                                   | a
                8 | register a   | a healthy                                   | a
                9 | deregister a | a draining Target.DeregistrationInProgress  |
                9 | die a        |                                             |
                """);
    }

    @Test
    void aTargetThatJoinsOthersRisesInSteps() {
        group = group(Duration.ofSeconds(30), true);
        run("""
                0  | register a | a initial            |
                0  | register b | a initial, b initial |
                1  | pass a     | a healthy, b initial | a
                1  | pass b     | a healthy, b healthy | a b
                2  | register c | a healthy, b healthy, c initial | a b
                5  | pass c     | a healthy, b healthy, c healthy | a*10 b*10 c
                11 | time       | a healthy, b healthy, c healthy | a*5 b*5 c
                20 | time       | a healthy, b healthy, c healthy | a*2 b*2 c
                34 | time       | a healthy, b healthy, c healthy | a*10 b*10 c*9
                35 | time       | a healthy, b healthy, c healthy | a b c
                """);
    }

    @Test
    void aTargetThatRecoversRisesAgain() {
        group = group(Duration.ofSeconds(30), true);
        run("""
                0  | register a | a initial            |
                0  | register b | a initial, b initial |
                1  | pass a     | a healthy, b initial | a
                1  | pass b     | a healthy, b healthy | a b
                2  | die b      | a healthy, b unhealthy Target.FailedHealthChecks | a
                3  | pass b     | a healthy, b unhealthy Target.FailedHealthChecks | a
                4  | pass b     | a healthy, b unhealthy Target.FailedHealthChecks | a
                5  | pass b     | a healthy, b healthy | a*10 b
                35 | time       | a healthy, b healthy | a b
                """);
    }

    @Test
    void withoutCrossZoneEachZoneWithAHealthyTargetGetsTheSame() {
        group = group(Duration.ZERO, false);
        run("""
                0 | register a | a initial                                                      |
                0 | register b | a initial, b initial                                           |
                0 | register c | a initial, b initial, c initial                                |
                1 | pass a     | a healthy, b initial, c initial                                | a
                1 | pass b     | a healthy, b healthy, c initial                                | a b
                1 | pass c     | a healthy, b healthy, c healthy                                | a b c*2
                2 | die a      | a unhealthy Target.FailedHealthChecks, b healthy, c healthy    | b c
                3 | die c      | a unhealthy Target.FailedHealthChecks, b healthy, c unhealthy Target.FailedHealthChecks | b
                """);
    }

    @Test
    void whatIsNotRegisteredChangesNothing() {
        run("""
                0 | pass c       | |
                0 | die c        | |
                0 | deregister c | |
                0 | drained c    | |
                """);
    }

    private void run(String script) {
        for (String line : script.lines().toList()) {
            String[] columns = line.split("\\|", -1);
            Instant now = START.plusSeconds(Long.parseLong(columns[0].strip()));
            happens(columns[1].strip().split(" "), now);
            assertThat(states() + " | " + shares(now))
                    .as(line)
                    .isEqualTo(columns[2].strip() + " | " + columns[3].strip());
        }
    }

    private void happens(String[] words, Instant now) {
        Optional<TargetGroup.Transition> change = switch (words[0]) {
            case "register" -> group.register(List.of(A, B, C).get("abc".indexOf(words[1])));
            case "pass" -> group.checked(words[1], new ProbeResult.Passed(), now);
            case "fail" -> group.checked(words[1], new ProbeResult.TimedOut(Duration.ofMillis(500)), now);
            case "code" -> group.checked(words[1], new ProbeResult.WrongCode("200", Integer.parseInt(words[2])), now);
            case "refuse" -> group.checked(words[1], new ProbeResult.Failed("refused"), now);
            case "stranger" -> group.checked(words[1], new ProbeResult.WrongInstance("i-a", "i-other"), now);
            case "die" -> group.instanceGone(words[1], "exit code 137", now);
            case "stop" -> group.instanceStopped(words[1], now);
            case "start" -> group.instanceStarted(words[1], now);
            case "deregister" -> group.deregister(words[1], now);
            case "drained" -> group.drained(words[1]);
            case "time" -> group.endDelays(now).stream().findFirst();
            default -> throw new IllegalArgumentException(words[0]);
        };
        change.ifPresent(
                it -> assertThat(it.from().state()).isNotEqualTo(it.to().state()));
    }

    private String states() {
        return group.health().entrySet().stream()
                .map(entry ->
                        entry.getKey().name() + " " + entry.getValue().state().word()
                                + (entry.getValue().state() == TargetState.INITIAL
                                                || entry.getValue().reasonCode().isEmpty()
                                        ? ""
                                        : " " + entry.getValue().reasonCode()))
                .collect(Collectors.joining(", "));
    }

    private String shares(Instant now) {
        return group.rotation(now).shares().stream()
                .map(share -> share.target().name() + (share.weight() == 1 ? "" : "*" + share.weight()))
                .collect(Collectors.joining(" "));
    }
}
