package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.RecentlyActive;

/** Metrics without new datapoints leave the lists: after three hours that of the recently active ones, after two weeks all. */
@Timeout(60)
class IdleMetricsTest {
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

    private static MetricDatum datum(String name, Instant at) {
        return MetricDatum.builder().metricName(name).value(1.0).timestamp(at).build();
    }

    private static List<String> listed(CloudWatchClient client, RecentlyActive recently) {
        return client.listMetrics(request -> request.namespace("Shop").recentlyActive(recently)).metrics().stream()
                .map(Metric::metricName)
                .toList();
    }

    @Test
    void idleMetricsAreNotListed(@TempDir Path directory) {
        RunningMonitor monitor = RunningMonitor.start(
                ClientAgainstMonitor.settings(directory), () -> Instant.now().plus(later.get()));
        try (monitor;
                CloudWatchClient client = CloudWatchClient.builder()
                        .endpointOverride(monitor.url())
                        .region(Region.AP_NORTHEAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                        .build()) {
            Instant now = Instant.now();
            client.putMetricData(request -> request.namespace("Shop")
                    .metricData(
                            datum("Busy", now),
                            datum("Idle", now.minus(Duration.ofHours(3).plusMinutes(1)))));
            assertThat(listed(client, RecentlyActive.PT3_H)).containsExactly("Busy");
            assertThat(listed(client, null)).containsExactly("Busy", "Idle");

            later.set(Duration.ofDays(14).minusHours(3));
            assertThat(listed(client, null)).containsExactly("Busy");
            later.set(Duration.ofDays(14).plusMinutes(1));
            assertThat(listed(client, null)).isEmpty();
        }
    }
}
