package io.failoverlab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.experiment.RunOutcome;
import io.failoverlab.experiment.Underway;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LoadRunTest {
    private final List<String> happened = new ArrayList<>();

    private final class FakeUnderway implements Underway {
        @Override
        public void await(Duration sinceStart) {}

        @Override
        public ActiveFault inject(Fault fault, String where, Optional<Duration> limit) {
            throw new UnsupportedOperationException("nothing is there to be hurt");
        }

        @Override
        public void injectAsPlanned() {}

        @Override
        public RunOutcome finish(Map<String, String> expectations) {
            throw new UnsupportedOperationException("nothing was measured");
        }

        @Override
        public void close() {
            happened.add("closed");
            throw new IllegalStateException("it cannot be closed");
        }
    }

    private final class NoWaiting implements LoadRun.Awaiting {
        @Override
        public String alarm(String name, String wanted, Duration limit) {
            return wanted;
        }

        @Override
        public String outOfService(Duration limit) {
            return "";
        }
    }

    @Test
    void theNextLoadGetsItsTurnThoughThisOneCannotBeClosed() {
        LoadRun run = new LoadRun(new FakeUnderway(), new NoWaiting(), () -> happened.add("turn given back"));

        assertThatThrownBy(run::close).hasMessage("it cannot be closed");
        run.close();

        assertThat(happened).containsExactly("closed", "turn given back");
    }

    @Test
    void aSecondExpectationOfAFigureIsRefusedWhileTheLoadGoesOn() {
        LoadRun run = new LoadRun(new FakeUnderway(), new NoWaiting(), () -> happened.add("turn given back"));

        assertThatThrownBy(() -> run.verdict("requests lost = 0", "requests lost < 5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found a second one: < 5; the first is = 0");
        assertThat(happened).isEmpty();
        assertThat(run.isOver()).isFalse();
    }
}
