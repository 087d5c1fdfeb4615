package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmHistoryRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.InvalidNextTokenException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** Tokens go on where they were given, and only for what they were given for. */
class PagesApiTest extends ClientAgainstMonitor {
    private static String refusal(Runnable call) {
        return catchThrowableOfType(InvalidNextTokenException.class, call::run)
                .awsErrorDetails()
                .errorMessage();
    }

    @Test
    void aTokenOfOtherParametersIsRefused() {
        client.putMetricAlarm(alarm("paged-1").build());
        client.putMetricAlarm(alarm("paged-2").build());
        String token = client.describeAlarms(
                        request -> request.alarmNamePrefix("paged-").maxRecords(1))
                .nextToken();
        assertThat(client.describeAlarms(request ->
                                request.alarmNamePrefix("paged-").maxRecords(5).nextToken(token))
                        .metricAlarms())
                .extracting(alarm -> alarm.alarmName())
                .containsExactly("paged-2");
        assertThat(refusal(() -> client.describeAlarms(
                        request -> request.alarmNamePrefix("page").nextToken(token))))
                .isEqualTo("The token '" + token + "' is not one that DescribeAlarms gave for these parameters.");
        assertThat(refusal(() -> client.describeAlarmHistory(request -> request.nextToken(token))))
                .contains("DescribeAlarmHistory");
    }

    @Test
    void datapointsGoOnForTheSameQueriesOnly() {
        put(datum("Value", 1).value(1.0), datum("Value", 2).value(2.0));
        GetMetricDataRequest request =
                reading(query("v", "Value", "Sum", 1)).maxDatapoints(1).build();
        String token = client.getMetricData(request).nextToken();
        assertThat(client.getMetricData(request.toBuilder()
                                .maxDatapoints(9)
                                .nextToken(token)
                                .build())
                        .metricDataResults()
                        .getFirst()
                        .values())
                .containsExactly(2.0);
        assertThat(refusal(() -> client.getMetricData(reading(query("v", "Value", "Maximum", 1))
                        .nextToken(token)
                        .build())))
                .contains("GetMetricData");
    }

    /** What happens meanwhile is new at the front and shifts nothing. */
    @Test
    void historyGoesOnAfterTheSameItem() {
        // So that its evaluation, each second, leaves the states alone.
        client.putMetricAlarm(alarm("shifting").treatMissingData("ignore").build());
        set(StateValue.OK);
        set(StateValue.ALARM);
        DescribeAlarmHistoryRequest request = DescribeAlarmHistoryRequest.builder()
                .alarmName("shifting")
                .maxRecords(1)
                .build();
        var first = client.describeAlarmHistory(request);
        set(StateValue.INSUFFICIENT_DATA);
        var rest = client.describeAlarmHistory(
                request.toBuilder().maxRecords(9).nextToken(first.nextToken()).build());
        assertThat(List.of(first, rest))
                .flatExtracting(page -> page.alarmHistoryItems())
                .extracting(AlarmHistoryItem::historySummary)
                .containsExactly(
                        "Alarm updated from OK to ALARM",
                        "Alarm updated from INSUFFICIENT_DATA to OK",
                        "Alarm \"shifting\" created");
    }

    private void set(StateValue state) {
        client.setAlarmState(
                request -> request.alarmName("shifting").stateValue(state).stateReason(""));
    }
}
