package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.rds.MultiAz.Fact;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.topology.Redundancy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActiveCheckTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aWriteTellsNothingOfAWarmStandbyWhichIsAskedItself() {
        assertThat(ActiveCheck.written(Redundancy.WARM, Mode.SYNCED, () -> true, BEGUN))
                .isEqualTo(new Fact.Checked(true, true, true, BEGUN));
        assertThat(ActiveCheck.written(Redundancy.WARM, Mode.SYNCED, () -> false, BEGUN))
                .isEqualTo(new Fact.Checked(false, true, false, BEGUN));
    }

    @Test
    void anAnswerThatComesSoonIsTakenAndNobodyElseIsAsked() {
        BooleanSupplier nobody = () -> {
            throw new AssertionError("asked");
        };

        assertThat(ActiveCheck.isWorthWaiting(CompletableFuture.completedFuture(false), LONG, nobody))
                .isTrue();
    }

    @Test
    void anAnswerThatTakesItsTimeIsWaitedForOnlyWhileItsServersCanBeReached() {
        assertThat(ActiveCheck.isWorthWaiting(new CompletableFuture<>(), Duration.ofMillis(1), () -> true))
                .isTrue();
        assertThat(ActiveCheck.isWorthWaiting(new CompletableFuture<>(), Duration.ofMillis(1), () -> false))
                .isFalse();
    }

    @Test
    void anAnswerThatCameMeanwhileCounts() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();

        assertThat(ActiveCheck.isWorthWaiting(answer, Duration.ofMillis(1), () -> !answer.complete(true)))
                .isTrue();
    }

    @Test
    void oneThatIsBeingBuiltIsNotAsked() {
        assertThat(ActiveCheck.written(Redundancy.WARM, Mode.EXPOSED, () -> false, BEGUN))
                .isEqualTo(new Fact.Checked(true, true, true, BEGUN));
    }

    @ParameterizedTest
    @EnumSource(value = Redundancy.class, names = "WARM", mode = EnumSource.Mode.EXCLUDE)
    void aWriteWaitsForAHotOneAndAColdOneIsStopped(Redundancy kind) {
        assertThat(ActiveCheck.written(kind, Mode.SYNCED, () -> false, BEGUN))
                .isEqualTo(new Fact.Checked(true, true, true, BEGUN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true  | ''                | true
            false | ''                | false
            true  | it does not apply | false
            false | it is no replica  | false
            """)
    void aStandbyFollowsWhileItReceivesAndApplies(boolean receiving, String error, boolean follows) {
        assertThat(new ServerAgent.Replication("10.0.20.4", receiving, "", "", error).follows())
                .isEqualTo(follows);
    }
}
