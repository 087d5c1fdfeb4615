package io.failoverlab.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.LabHome;
import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Timing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;

/** A stack's dashboard in a real monitor, which checks its body as CloudWatch does; without a stack. */
class StackDashboardIT {
    @TempDir
    private Path folder;

    @Test
    void theMonitorTakesItWithoutAComplaint() throws Exception {
        try (MonitorProcess monitor = MonitorProcess.start(
                        new MonitorProcess.Settings(LabHome.find().folder(), 0, folder, Optional.empty()), List.of());
                MonitorClient client = new MonitorClient(monitor.url(), "ap-northeast-1");
                CloudWatchClient cloudWatch = CloudWatchClient.builder()
                        .endpointOverride(monitor.url())
                        .region(Region.AP_NORTHEAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            for (Timing timing : List.of(Timing.LAB, new Timing(Timing.Clocks.AWS, 10))) {
                String body = body(timing);

                client.putDashboard(StackDashboard.name("my stack"), body);

                assertThat(cloudWatch
                                .getDashboard(request -> request.dashboardName("my-stack"))
                                .dashboardBody())
                        .isEqualTo(body);
                assertThat(cloudWatch
                                .putDashboard(request ->
                                        request.dashboardName("again").dashboardBody(body))
                                .dashboardValidationMessages())
                        .isEmpty();
            }
        }
    }

    private static String body(Timing timing) {
        StackAlarms.Stack stack = new StackAlarms.Stack(
                Map.of("web-1a", new StackAlarms.Instance("i-a", Monitoring.BASIC)),
                Map.of("a", "ap-northeast-1a"),
                BalancerType.APPLICATION,
                "app/lb/1",
                "targetgroup/web/2",
                timing);
        return StackDashboard.body(
                new StackDashboard.Contents("my stack", "ap-northeast-1", stack, List.of("db-1"), List.of("latency")));
    }
}
