package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** The limits of PutMetricData: what is just within is taken, what is just outside is refused. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PutMetricDataLimitsTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");

    private RunningMonitor monitor;
    private CloudWatchClient client;

    @BeforeAll
    void start(@TempDir Path directory) {
        monitor = RunningMonitor.start(ClientAgainstMonitor.settings(directory), InstantSource.fixed(NOW));
        client = CloudWatchClient.builder()
                .endpointOverride(monitor.url())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    @AfterAll
    void stop() {
        client.close();
        monitor.close();
    }

    private static MetricDatum.Builder datum() {
        return MetricDatum.builder().metricName("M").value(1.0);
    }

    private void assertTaken(String namespace, List<MetricDatum> data) {
        assertThat(client.putMetricData(request -> request.namespace(namespace).metricData(data))
                        .sdkHttpResponse()
                        .statusCode())
                .isEqualTo(200);
    }

    private void assertRefused(String namespace, List<MetricDatum> data) {
        assertThatThrownBy(() -> client.putMetricData(
                        request -> request.namespace(namespace).metricData(data)))
                .isInstanceOf(InvalidParameterValueException.class);
    }

    private void assertTaken(MetricDatum.Builder datum) {
        assertTaken("N", List.of(datum.build()));
    }

    private void assertRefused(MetricDatum.Builder datum) {
        assertRefused("N", List.of(datum.build()));
    }

    @Test
    void twoWeeksBackAndTwoHoursAhead() {
        assertTaken(datum().timestamp(NOW.minus(Duration.ofDays(14))));
        assertRefused(datum().timestamp(NOW.minus(Duration.ofDays(14)).minusMillis(1)));
        assertTaken(datum().timestamp(NOW.plus(Duration.ofHours(2))));
        assertRefused(datum().timestamp(NOW.plus(Duration.ofHours(2)).plusMillis(1)));
    }

    @Test
    void aThousandDatums() {
        assertTaken("N", Collections.nCopies(1000, datum().build()));
        assertRefused("N", Collections.nCopies(1001, datum().build()));
    }

    private static MetricDatum.Builder values(int count) {
        return MetricDatum.builder()
                .metricName("M")
                .values(IntStream.range(0, count).mapToObj(Double::valueOf).toList());
    }

    @Test
    void aHundredAndFiftyValues() {
        assertTaken(values(150));
        assertRefused(values(151));
    }

    @Test
    void valuesUpToTwoToThe360() {
        assertTaken(datum().value(Math.pow(2, 360)));
        assertTaken(datum().value(-Math.pow(2, 360)));
        assertRefused(datum().value(Math.nextUp(Math.pow(2, 360))));
        assertRefused(datum().value(Double.NEGATIVE_INFINITY));
    }

    private static MetricDatum.Builder dimensions(int count) {
        return datum().dimensions(IntStream.range(0, count)
                .mapToObj(i -> Dimension.builder().name("d" + i).value("v").build())
                .toList());
    }

    private static MetricDatum.Builder dimension(String name, String value) {
        return datum().dimensions(Dimension.builder().name(name).value(value).build());
    }

    @Test
    void thirtyDimensionsOfLimitedLength() {
        assertTaken(dimensions(30));
        assertRefused(dimensions(31));
        assertTaken(dimension("d".repeat(255), "v".repeat(1024)));
        assertRefused(dimension("d".repeat(256), "v"));
        assertRefused(dimension("d", "v".repeat(1025)));
        assertRefused(dimension("d", "grün"));
        assertRefused(dimension(":d", "v"));
    }

    @Test
    void namesOfLimitedLength() {
        assertTaken(datum().metricName("M".repeat(255)));
        assertRefused(datum().metricName("M".repeat(256)));
        List<MetricDatum> one = List.of(datum().build());
        assertTaken("N".repeat(255), one);
        assertRefused("N".repeat(256), one);
        assertRefused(":N", one);
    }
}
