package io.failoverlab.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadRunTest {
    private final List<String> happened = new ArrayList<>();

    private final class Unclosable extends NoLoad {
        @Override
        public void close() {
            happened.add("closed");
            throw new IllegalStateException("it cannot be closed");
        }
    }

    @Test
    void theNextLoadGetsItsTurnThoughThisOneCannotBeClosed() {
        LoadRun run = new LoadRun(new Unclosable(), new NoLoad(), () -> happened.add("turn given back"));

        assertThatThrownBy(run::close).hasMessage("it cannot be closed");
        run.close();

        assertThat(happened).containsExactly("closed", "turn given back");
    }

    @Test
    void aSecondExpectationOfAFigureIsRefusedWhileTheLoadGoesOn() {
        LoadRun run = new LoadRun(new Unclosable(), new NoLoad(), () -> happened.add("turn given back"));

        assertThatThrownBy(() -> run.verdict("requests lost = 0", "requests lost < 5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found a second one: < 5; the first is = 0");
        assertThat(happened).isEmpty();
        assertThat(run.isOver()).isFalse();
    }
}
