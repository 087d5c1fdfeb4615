package io.failoverlab.alarm;

import static io.failoverlab.alarm.AlarmEvaluatorTest.condition;
import static io.failoverlab.alarm.AlarmEvaluatorTest.windows;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StateReasonTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");

    private static String reason(AlarmEvaluatorTest.ConditionBuilder builder, String datapoints) {
        MetricCondition condition = builder.build();
        return StateReason.of(
                condition,
                AlarmEvaluatorTest.evaluate(condition, windows(datapoints), AlarmState.INSUFFICIENT_DATA, NOW));
    }

    @Test
    void namesTheDatapointsThatCrossedTheThreshold() {
        assertThat(reason(condition("Average").operator("GreaterThanThreshold").threshold(0.5), "0 0 X"))
                .isEqualTo(
                        "Threshold Crossed: 1 datapoint [1.0 (02/01/26 03:03:00)] was greater than the threshold (0.5).");
        assertThat(reason(condition("Average").periods(2), "0 0 X X"))
                .isEqualTo("Threshold Crossed: 2 datapoints [1.0 (02/01/26 03:03:00), 1.0 (02/01/26 03:02:00)]"
                        + " were greater than or equal to the threshold (1.0).");
    }

    @Test
    void saysHowManyOfHowManyWhereThatWasAskedFor() {
        assertThat(reason(
                        condition("Average")
                                .mOfN(1, 1)
                                .operator("GreaterThanThreshold")
                                .threshold(0.5),
                        "0 0 X"))
                .isEqualTo(
                        "Threshold Crossed: 1 out of the last 1 datapoints [1.0 (02/01/26 03:03:00)] was greater than"
                                + " the threshold (0.5) (minimum 1 datapoint for OK -> ALARM transition).");
        assertThat(reason(condition("Average").mOfN(2, 3), "0 X 0 0 X"))
                .isEqualTo("Threshold Crossed: 2 out of the last 3 datapoints [0.0 (02/01/26 03:02:00),"
                        + " 0.0 (02/01/26 03:01:00)] were not greater than or equal to the threshold (1.0)"
                        + " (minimum 2 datapoints for ALARM -> OK transition).");
    }

    @Test
    void saysWhatMissingDataWasTakenFor() {
        assertThat(reason(condition("Average").periods(2).missing("breaching"), "- - - -"))
                .isEqualTo("Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were"
                        + " treated as [Breaching].");
        assertThat(reason(condition("Average").missing("notBreaching"), "- - -"))
                .isEqualTo("Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was"
                        + " treated as [NonBreaching].");
        assertThat(reason(condition("Average").mOfN(2, 3).missing("breaching"), "- - - - 0"))
                .isEqualTo(
                        "Threshold Crossed: 1 datapoint [0.0 (02/01/26 03:03:00)] was not greater than or equal to the"
                                + " threshold (1.0) and 2 missing datapoints were treated as [Breaching]"
                                + " (minimum 2 datapoints for OK -> ALARM transition).");
    }

    @Test
    void saysThatThereIsNoData() {
        assertThat(reason(condition("Average"), "- - -")).isEqualTo("Insufficient Data: 1 datapoint was unknown.");
        assertThat(reason(condition("Average").periods(3), "- - - - -"))
                .isEqualTo("Insufficient Data: 3 datapoints were unknown.");
    }
}
