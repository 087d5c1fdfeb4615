package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllStepsTest {
    @Test
    void oneThatFailsKeepsNoOtherFromBeingTaken() {
        IllegalStateException failure = new IllegalStateException("the copy had no end");
        IllegalStateException gone = new IllegalStateException("no such container");
        List<String> taken = new ArrayList<>();
        AllSteps steps = new AllSteps(failure);

        steps.run(() -> taken.add("leave"));
        steps.run(() -> {
            throw gone;
        });
        steps.run(() -> taken.add("topology"));

        assertThat(taken).containsExactly("leave", "topology");
        assertThat(failure.getSuppressed()).containsExactly(gone);
        assertThat(steps.failed()).containsExactly("no such container");
    }
}
