package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.history.History;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import io.failoverlab.verdict.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedRunsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T09:00:00Z");

    private final List<String> said = new ArrayList<>();

    private RepeatedRuns attempts(Boolean... successes) throws Exception {
        Iterator<Boolean> next = List.of(successes).iterator();
        return RepeatedRuns.of(successes.length, InstantSource.fixed(NOW), said::add, () -> {
            if (!next.next()) {
                throw new IllegalStateException("the engine went away");
            }
            History history =
                    RunBuilder.killOfOneOfTwo().expect("requests-lost", "0").build();
            return new QuietRun(new RunOutcome(Path.of("runs"), history, Judge.judge(history)), NOW);
        });
    }

    @Test
    void aRunThatBreaksOffCostsNoMoreThanItself() throws Exception {
        RepeatedRuns repeated = attempts(true, false, true);

        assertThat(repeated.judgements()).hasSize(2);
        assertThat(repeated.table()).contains(List.of("Requests lost", "0", "0", "0", "2 of 2"));
        assertThat(repeated.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(said).hasSize(3).contains(" 2 of 3  UNKNOWN  it broke off: the engine went away");
    }

    @Test
    void theFirstThatBreaksOffEndsThemAll() {
        assertThatThrownBy(() -> attempts(false, true)).hasMessage("the engine went away");
    }
}
