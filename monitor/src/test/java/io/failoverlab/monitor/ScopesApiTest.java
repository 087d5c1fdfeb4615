package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.LimitExceededException;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/** What is one account's or one region's is none of another's. */
class ScopesApiTest extends ClientAgainstMonitor {
    private CloudWatchClient client(String account, String region) {
        return client(monitor.url(), account, region);
    }

    private static CloudWatchClient client(URI monitor, String account, String region) {
        return CloudWatchClient.builder()
                .endpointOverride(monitor)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "thing")))
                .build();
    }

    private void fill(CloudWatchClient into, String name) {
        into.putMetricData(request -> request.namespace(namespace)
                .metricData(MetricDatum.builder().metricName(name).value(1.0).build()));
        into.putMetricAlarm(alarm("same name").metricName(name).build());
        into.putDashboard(request -> request.dashboardName("same").dashboardBody("{\"widgets\":[]}"));
    }

    private void assertHoldsOnly(CloudWatchClient client, String metric, String alarmArn, String dashboardArn) {
        assertThat(client.listMetrics(request -> request.namespace(namespace)).metrics())
                .extracting(found -> found.metricName())
                .containsExactly(metric);
        assertThat(client.describeAlarms(request -> request.alarmNames("same name"))
                        .metricAlarms())
                .extracting(MetricAlarm::alarmArn)
                .containsExactly(alarmArn);
        assertThat(client.listDashboards(request -> request.dashboardNamePrefix("same"))
                        .dashboardEntries())
                .extracting(entry -> entry.dashboardArn())
                .containsExactly(dashboardArn);
    }

    @Test
    void accountsAndRegionsAreKeptApartAndNamedByTheirPartition() {
        try (CloudWatchClient ireland = client("111122223333", "eu-west-1");
                CloudWatchClient beijing = client("111122223333", "cn-north-1");
                CloudWatchClient other = client("444455556666", "us-gov-west-1")) {
            fill(ireland, "Ireland");
            fill(beijing, "Beijing");
            fill(other, "Other");
            assertHoldsOnly(
                    ireland,
                    "Ireland",
                    "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:same name",
                    "arn:aws:cloudwatch::111122223333:dashboard/same");
            assertHoldsOnly(
                    beijing,
                    "Beijing",
                    "arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:same name",
                    "arn:aws-cn:cloudwatch::111122223333:dashboard/same");
            assertHoldsOnly(
                    other,
                    "Other",
                    "arn:aws-us-gov:cloudwatch:us-gov-west-1:444455556666:alarm:same name",
                    "arn:aws-us-gov:cloudwatch::444455556666:dashboard/same");
            assertThat(client.listMetrics(request -> request.namespace(namespace))
                            .metrics())
                    .isEmpty();
        }
    }

    @Test
    void theOwningAccountIsTheOnlyLinkedOne() {
        fill(client, "Owned");
        ListMetricsResponse all =
                client.listMetrics(request -> request.namespace(namespace).includeLinkedAccounts(true));
        assertThat(all.owningAccounts()).isEqualTo(List.of("000000000000"));
        assertThat(client.listMetrics(request -> request.namespace(namespace)
                                .includeLinkedAccounts(true)
                                .owningAccount("111122223333"))
                        .metrics())
                .isEmpty();
    }

    @Test
    void nobodyCanFillTheMonitorWithRegions(@TempDir Path directory) {
        try (RunningMonitor full = RunningMonitor.start(settings(directory), InstantSource.system())) {
            LimitExceededException refused = catchThrowableOfType(
                    LimitExceededException.class,
                    () -> IntStream.range(0, 101).forEach(i -> {
                        try (CloudWatchClient one = client(full.url(), "%012d".formatted(i + 1), "eu-west-1")) {
                            one.listMetrics();
                        }
                    }));
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("LimitExceeded");
            try (CloudWatchClient lab = client(full.url(), "any", "ap-northeast-1")) {
                // Its own region has its own health sooner or later: that it answers is the point.
                assertThat(lab.listMetrics(request -> request.namespace(namespace))
                                .metrics())
                        .isEmpty();
            }
        }
    }
}
