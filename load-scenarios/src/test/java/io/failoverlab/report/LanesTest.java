package io.failoverlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import io.failoverlab.history.RunBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LanesTest {
    @Test
    void aFaultLastsUntilItIsOverAndOneWithoutEffectIsAMoment() {
        History history = RunBuilder.quiet()
                .add(
                        new FaultInjected(at(20), "reboot", "web-1a", "", true, "its processes run anew"),
                        new FaultHealed(at(22), "reboot", "web-1a", "it is over"),
                        new FaultInjected(at(25), "terminate", "web-1a", "", false, "it is protected"),
                        new FaultInjected(at(26), "pause", "web-1c", "", true, "frozen"))
                .build();
        Axis axis = Axis.of(history);

        assertThat(Lanes.faults(history, axis))
                .containsExactly(
                        new Lanes.Stretch(20, 22, "fault", "reboot of web-1a"),
                        new Lanes.Stretch(25, 25, "fault", "terminate of web-1a without effect"),
                        new Lanes.Stretch(26, axis.end(), "fault", "pause of web-1c"));
    }

    private static Duration at(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
