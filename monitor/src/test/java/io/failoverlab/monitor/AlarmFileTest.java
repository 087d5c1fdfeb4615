package io.failoverlab.monitor;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.failoverlab.alarm.Timing;
import io.failoverlab.api.AlarmFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** Alarms from a file, at the start of a monitor and when it changes. */
@Timeout(60)
class AlarmFileTest {
    @TempDir
    private Path directory;

    private RunningMonitor monitor;
    private CloudWatchClient client;

    private static final String YAML = """
            # the composite alarm may come first
            - AlarmName: web-broken
              AlarmRule: ALARM(web-1a-down) OR ALARM("too slow")
              ActionsSuppressor: maintenance
              ActionsSuppressorWaitPeriod: 2
              ActionsSuppressorExtensionPeriod: 3
            - AlarmName: web-1a-down
              AlarmDescription: on
              Namespace: AWS/EC2
              MetricName: StatusCheckFailed
              Dimensions: [{Name: InstanceId, Value: i-0123456789abcdef0}]
              Statistic: Maximum
              Period: 60
              EvaluationPeriods: 2
              Threshold: 1
              ComparisonOperator: GreaterThanOrEqualToThreshold
              AlarmActions: ["arn:aws:sns:ap-northeast-1:000000000000:topic"]
              Tags: [{Key: team, Value: web}]
            - AlarmName: too slow
              Metrics:
                - Id: e1
                  Expression: m1 / 1000
                  ReturnData: true
                - Id: m1
                  ReturnData: false
                  MetricStat:
                    Metric: {Namespace: Test, MetricName: Latency}
                    Stat: p99
                    Period: 60
              EvaluationPeriods: 1
              Threshold: 0.25
              ComparisonOperator: GreaterThanThreshold
            - AlarmName: maintenance
              AlarmRule: "FALSE"
            """;

    private void start(String content) throws IOException {
        Path file = directory.resolve("alarms");
        Files.writeString(file, content);
        monitor = RunningMonitor.start(
                new MonitorSettings(
                        0,
                        directory.resolve("monitor.db"),
                        Timing.LAB,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.of(file),
                        Optional.empty()),
                InstantSource.system());
        client = CloudWatchClient.builder()
                .endpointOverride(monitor.url())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    @AfterEach
    void stop() {
        if (monitor != null) {
            client.close();
            monitor.close();
        }
    }

    private List<MetricAlarm> metricAlarms() {
        return client.describeAlarms().metricAlarms();
    }

    @Test
    void alarmsOfAYamlFileAreThereAtTheStart() throws IOException {
        start(YAML);
        assertThat(metricAlarms()).extracting(MetricAlarm::alarmName).containsExactly("too slow", "web-1a-down");
        MetricAlarm down = metricAlarms().getLast();
        assertThat(down.alarmDescription()).isEqualTo("on");
        assertThat(down.threshold()).isEqualTo(1);
        assertThat(client.listTagsForResource(request -> request.resourceARN(down.alarmArn()))
                        .tags())
                .containsExactly(Tag.builder().key("team").value("web").build());
        CompositeAlarm broken = client.describeAlarms(
                        request -> request.alarmTypes(AlarmType.COMPOSITE_ALARM).alarmNames("web-broken"))
                .compositeAlarms()
                .getFirst();
        assertThat(broken.alarmRule()).isEqualTo("ALARM(web-1a-down) OR ALARM(\"too slow\")");
        assertThat(broken.actionsSuppressor()).isEqualTo("maintenance");
    }

    @Test
    void oneInputAsTheCliWritesItIsEnough() throws IOException {
        start("""
                {"AlarmName":"one","Namespace":"Test","MetricName":"Value","Statistic":"Sum","Period":10,
                 "EvaluationPeriods":1,"Threshold":1.5,"ComparisonOperator":"LessThanThreshold"}""");
        assertThat(metricAlarms()).extracting(MetricAlarm::alarmName).containsExactly("one");
    }

    @Test
    void aChangedFileIsReadAgainAndOnlyWhatChangedIsRedefined() throws IOException {
        start(YAML);
        Files.writeString(directory.resolve("alarms"), YAML.replace("Threshold: 0.25", "Threshold: 0.5"));
        await().atMost(30, SECONDS)
                .untilAsserted(
                        () -> assertThat(metricAlarms().getFirst().threshold()).isEqualTo(0.5));
        Files.writeString(directory.resolve("alarms"), YAML.replace("Threshold: 0.25", "Threshold: high"));
        assertThat(client.describeAlarmHistory(request -> request.historyItemType(HistoryItemType.CONFIGURATION_UPDATE))
                        .alarmHistoryItems())
                .extracting(item -> item.historySummary())
                .containsExactlyInAnyOrder(
                        "Alarm \"web-1a-down\" created", "Alarm \"too slow\" created", "Alarm \"too slow\" updated");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        String wrong = """
                - AlarmName: a
                  Namespace: Test
                  MetricNane: Value
                  Dimensions:
                    - {Name: A, Wert: B}
                - AlarmName: b
                  Namespace: Test
                  MetricName: Value
                  Statistic: Sum
                  Period: 61
                  EvaluationPeriods: 1
                  Threshold: 1
                  ComparisonOperator: LessThanThreshold
                - AlarmName: c
                  AlarmRule: ALARM(a
                - AlarmName: d
                  AlarmRule: 5
                - just text
                """;
        assertThatThrownBy(() -> start(wrong))
                .isInstanceOfSatisfying(
                        AlarmFileException.class,
                        e -> assertThat(e.getMessage()
                                        .replaceAll("expected one of .*", "expected one of …")
                                        .replace(directory + "/", "")
                                        .lines())
                                .containsExactly(
                                        "alarms: line 3: [0].MetricNane: unknown key; expected one of …",
                                        "alarms: line 5: [0].Dimensions[0].Wert: unknown key; expected one of …",
                                        "alarms: line 6: [1]: Period must be 10, 20, 30 or a multiple of 60, or 1 or 5 in this lab;"
                                                + " found 61.",
                                        "alarms: line 14: [2]: AlarmRule is not valid at position 8: expected ')', found the end",
                                        "alarms: line 16: [3]: Expected a string for AlarmRule, found the number 5.",
                                        "alarms: line 18: [4]: expected an alarm with AlarmName and the other parameters of"
                                                + " PutMetricAlarm, found a STRING"));
    }

    @Test
    void aFileThatCannotBeUnderstoodSaysWhere() {
        assertThatThrownBy(() -> start("- AlarmName: [\n"))
                .isInstanceOf(AlarmFileException.class)
                .hasMessageContaining("alarms: line 2: expected YAML: ");
        assertThatThrownBy(() -> start("{\"AlarmName\":\n}"))
                .isInstanceOf(AlarmFileException.class)
                .hasMessageContaining("alarms: line 2: expected JSON: ");
        assertThatThrownBy(() -> start("- &a [*a]\n"))
                .isInstanceOf(AlarmFileException.class)
                .hasMessageContaining("nested deeper than 20");
    }

    @Test
    void whatARuleNamesMustExist() {
        assertThatThrownBy(() -> start("AlarmName: x\nAlarmRule: ALARM(nobody)\n"))
                .isInstanceOf(AlarmFileException.class)
                .hasMessageEndingWith(
                        "alarms: Could not save the composite alarm as alarms [nobody] in the alarm rule do"
                                + " not exist");
    }
}
