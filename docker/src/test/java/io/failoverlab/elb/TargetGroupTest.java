package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetGroupTest {
    private static final Target A = new Target("web-1a", "i-a", "ap-northeast-1a", "10.0.10.10", 8080);
    private static final Target C = new Target("web-1c", "i-c", "ap-northeast-1c", "10.0.11.10", 8080);
    private static final ProbeResult PASSED = new ProbeResult.Passed();
    private static final ProbeResult LATE = new ProbeResult.TimedOut(Duration.ofMillis(500));

    private final TargetGroup group = new TargetGroup(3, 2);

    @Test
    void aNewTargetNeedsOnePass() {
        group.register(A);
        assertThat(group.rotation()).isEmpty();

        Optional<TargetGroup.Transition> change = group.checked("web-1a", PASSED);

        assertThat(change.map(it -> it.from().state() + " " + it.to().state())).contains("INITIAL HEALTHY");
        assertThat(group.rotation()).containsExactly(A);
    }

    @Test
    void aHealthyTargetSurvivesFailuresBelowTheThreshold() {
        healthy(A);
        assertThat(group.checked("web-1a", LATE)).isEmpty();
        assertThat(group.checked("web-1a", PASSED)).isEmpty();
        assertThat(group.checked("web-1a", LATE)).isEmpty();
        assertThat(group.rotation()).containsExactly(A);
    }

    @Test
    void failuresInARowMakeItUnhealthyWithTheReasonOfTheLast() {
        healthy(A, C);
        group.checked("web-1a", new ProbeResult.WrongCode(200, 503));

        Optional<TargetGroup.Transition> change = group.checked("web-1a", LATE);

        assertThat(change.map(TargetGroup.Transition::to))
                .contains(new TargetHealth(
                        TargetState.UNHEALTHY, "Target.Timeout", "no answer to health checks within 500 ms", 0, 2));
        assertThat(group.rotation()).containsExactly(C);
    }

    @Test
    void anUnhealthyTargetNeedsAllItsPasses() {
        healthy(A, C);
        fail(A);
        assertThat(group.checked("web-1a", PASSED)).isEmpty();
        assertThat(group.checked("web-1a", PASSED)).isEmpty();
        assertThat(group.checked("web-1a", PASSED)).isPresent();
        assertThat(group.rotation()).containsExactly(A, C);
    }

    @Test
    void aDeathNeedsNoThreshold() {
        healthy(A, C);

        Optional<TargetGroup.Transition> change = group.instanceGone("web-1a", "exit code 137");

        assertThat(change.map(it -> it.to().reasonCode() + ", " + it.to().description()))
                .contains("Target.FailedHealthChecks, exit code 137");
        assertThat(group.rotation()).containsExactly(C);
    }

    @Test
    void anotherInstanceUnderTheAddressIsAFailure() {
        healthy(A, C);
        group.checked("web-1a", new ProbeResult.WrongInstance("i-a", "i-other"));
        group.checked("web-1a", new ProbeResult.WrongInstance("i-a", "i-other"));
        assertThat(group.rotation()).containsExactly(C);
        assertThat(group.health().get(A).description()).isEqualTo("another instance answered: i-other instead of i-a");
    }

    @Test
    void withNoHealthyTargetAllAreServed() {
        healthy(A, C);
        fail(A);
        fail(C);
        assertThat(group.rotation()).isEqualTo(List.of(A, C));
    }

    @Test
    void whatIsNotRegisteredChangesNothing() {
        assertThat(group.checked("db-1", PASSED)).isEmpty();
        assertThat(group.instanceGone("db-1", "gone")).isEmpty();
        assertThat(group.health()).isEmpty();
    }

    private void healthy(Target... targets) {
        for (Target target : targets) {
            group.register(target);
            group.checked(target.name(), PASSED);
        }
    }

    private void fail(Target target) {
        group.checked(target.name(), LATE);
        group.checked(target.name(), LATE);
    }
}
