package io.failoverlab.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

class ScalingRequestsTest {
    private static final String ARN = "arn:aws:autoscaling:ap-northeast-1:000000000000:scalingPolicy:"
            + "6d8972f3:autoScalingGroupName/web:policyName/steps";

    private static final MetricAlarm BUSY = MetricAlarm.builder()
            .alarmName("busy")
            .threshold(60.0)
            .stateReasonData("{\"recentDatapoints\": [72.5, 61.0], \"threshold\": 60.0}")
            .build();

    @Test
    void aPolicyOfAnAlarmIsReadWithTheDistanceOfItsNewestDatapoint() throws Exception {
        assertThat(ScalingRequests.read(event("Scaling Policy Execution", ARN), List.of(BUSY)))
                .contains(new ScalingRequests.Request("web", "steps", "busy", 12.5, 60));
    }

    @Test
    void anAlarmThatIsGoneHasNoDistance() throws Exception {
        assertThat(ScalingRequests.read(event("Scaling Policy Execution", ARN), List.of()))
                .contains(new ScalingRequests.Request("web", "steps", "busy", 0, 0));
    }

    @Test
    void otherEventsAndOtherPoliciesAreNone() throws Exception {
        assertThat(ScalingRequests.read(event("Instance State Change", ARN), List.of(BUSY)))
                .isEmpty();
        assertThat(ScalingRequests.read(
                        event("Scaling Policy Execution", "arn:aws:autoscaling:x:0:other"), List.of(BUSY)))
                .isEmpty();
    }

    private static JsonNode event(String detailType, String policyArn) throws Exception {
        return new ObjectMapper().readTree("""
                {"time": "2026-01-01T00:00:00Z", "source": "failoverlab.monitor", "detailType": "%s",
                 "detail": {"alarmName": "busy", "state": "ALARM", "policyArn": "%s"}}
                """.formatted(detailType, policyArn));
    }
}
