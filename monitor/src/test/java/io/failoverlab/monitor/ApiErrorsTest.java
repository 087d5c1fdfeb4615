package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.MissingRequiredParameterException;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/** Requests that CloudWatch, or this monitor, refuses. */
class ApiErrorsTest extends ClientAgainstMonitor {
    private <E extends CloudWatchException> E refused(Class<E> type, Runnable call) {
        return catchThrowableOfType(type, call::run);
    }

    private static void assertCodeAndMessage(CloudWatchException e, int status, String code, String message) {
        assertThat(e.statusCode()).isEqualTo(status);
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(message);
    }

    @Test
    void parametersThatExcludeEachOtherAreACombinationError() {
        assertCodeAndMessage(
                refused(
                        InvalidParameterCombinationException.class,
                        () -> put(datum("Value", 1).value(1.0).values(1.0))),
                400,
                "InvalidParameterCombination",
                "The parameters MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive and you"
                        + " have specified both.");
    }

    @Test
    void aWrongValueIsAValueError() {
        assertCodeAndMessage(
                refused(
                        InvalidParameterValueException.class,
                        () -> put(datum("Value", 1).values(1.0, 2.0).counts(1.0))),
                400,
                "InvalidParameterValue",
                "The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.");
    }

    @Test
    void aMissingParameterIsNamed() {
        assertCodeAndMessage(
                refused(
                        MissingRequiredParameterException.class,
                        () -> put(
                                datum("Value", 1).value(1.0),
                                MetricDatum.builder().value(1.0))),
                400,
                "MissingParameter",
                "The parameter MetricData.member.2.MetricName is required.");
    }

    @Test
    void aValueThatIsNoneOfAnEnumIsAValidationError() {
        assertCodeAndMessage(
                refused(
                        CloudWatchException.class,
                        () -> client.setAlarmState(request -> request.alarmName("nobody")
                                .stateValue("INVALID")
                                .stateReason("x"))),
                400,
                "ValidationError",
                "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must"
                        + " satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]");
    }

    @Test
    void anUnknownAlarmIsNotFound() {
        CloudWatchException e = refused(
                CloudWatchException.class,
                () -> client.setAlarmState(request ->
                        request.alarmName("nobody").stateValue(StateValue.OK).stateReason("x")));
        assertThat(e.statusCode()).isEqualTo(404);
        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ResourceNotFound");
    }

    @Test
    void moreDatapointsThanAnAnswerHoldsAreRefused() {
        assertCodeAndMessage(
                refused(
                        InvalidParameterCombinationException.class,
                        () -> client.getMetricStatistics(request -> request.namespace("N")
                                .metricName("M")
                                .startTime(MINUTE.minusSeconds(86_400 - 60))
                                .endTime(MINUTE.plusSeconds(60))
                                .period(1)
                                .statistics(Statistic.SUM))),
                400,
                "InvalidParameterCombination",
                "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the"
                        + " datapoints requested by increasing Period, or decreasing the time range.");
    }

    private void assertRefused(MetricDatum.Builder datum) {
        assertThat(refused(InvalidParameterValueException.class, () -> put(datum)))
                .isNotNull();
    }

    @Test
    void valuesOutsideTheLimitsAreRefused() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Math.pow(2, 361)}) {
            assertCodeAndMessage(
                    refused(
                            InvalidParameterValueException.class,
                            () -> put(datum("Value", 1).value(value))),
                    400,
                    "InvalidParameterValue",
                    "The value " + value + " for parameter MetricData.member.1.Value is invalid.");
        }
        assertRefused(datum("Value", 1).value(1.0).timestamp(Instant.now().minus(15, ChronoUnit.DAYS)));
        assertRefused(datum("Value", 1).value(1.0).timestamp(Instant.now().plus(3, ChronoUnit.HOURS)));
        assertRefused(datum("Value", 1).value(1.0).storageResolution(5));
        assertRefused(datum("Value", 1)
                .value(1.0)
                .dimensions(IntStream.range(0, 31)
                        .mapToObj(i -> dimension("d" + i, "v"))
                        .toList()));
        List<MetricDatum> tooMany =
                Collections.nCopies(1001, datum("V", 1).value(1.0).build());
        assertThat(refused(
                                InvalidParameterValueException.class,
                                () -> client.putMetricData(
                                        request -> request.namespace(namespace).metricData(tooMany)))
                        .getMessage())
                .contains("must not have a size greater than 1000");
        assertThat(client.listMetrics(request -> request.namespace(namespace)).metrics())
                .isEmpty();
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        CloudWatchException streams = refused(CloudWatchException.class, () -> client.listMetricStreams(request -> {}));
        assertThat(streams.statusCode()).isEqualTo(404);
        assertThat(streams.awsErrorDetails().errorMessage())
                .isEqualTo(
                        "The operation ListMetricStreams is not supported by this monitor, which has no metric streams.");
        assertThat(refused(
                                CloudWatchException.class,
                                () -> client.putMetricAlarm(
                                        alarm("odd").period(7).build()))
                        .awsErrorDetails()
                        .errorMessage())
                .isEqualTo("Period must be 10, 20, 30 or a multiple of 60, or 1 or 5 in this lab; found 7.");
    }
}
