package io.failoverlab.alarm;

import static io.failoverlab.alarm.AlarmState.ALARM;
import static io.failoverlab.alarm.AlarmState.INSUFFICIENT_DATA;
import static io.failoverlab.alarm.AlarmState.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.math.ExpressionQuery;
import io.failoverlab.math.MetricStatQuery;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.Statistic;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlarmEngineTest {
    private static final MetricId DOWN =
            MetricId.of("AWS/EC2", "StatusCheckFailed", Map.of("InstanceId", "i-0123456789abcdef0"));

    private final ManualClock clock = new ManualClock("2026-01-02T03:04:05.300Z");
    private final FakeMetrics metrics = new FakeMetrics();
    private final FakeJournal journal = new FakeJournal();
    private final List<AlarmTransition> told = new ArrayList<>();
    private final List<String> acted = new ArrayList<>();
    private int nextId;
    private AlarmEngine engine = engine(Timing.LAB);

    private AlarmEngine engine(Timing timing) {
        AlarmListener listener = new AlarmListener() {
            @Override
            public void defined(Alarm alarm) {}

            @Override
            public void changed(List<AlarmTransition> transitions) {
                told.addAll(transitions);
            }

            @Override
            public void act(Alarm alarm, List<AlarmAction> actions) {
                actions.forEach(action -> acted.add(alarm.status().state() + " " + action.arn()));
            }

            @Override
            public void deleted(String alarmName) {}
        };
        return new AlarmEngine(
                timing,
                metrics,
                journal,
                clock,
                () -> "id-" + ++nextId,
                List.of(listener),
                new AlarmCounters(new CollectorRegistry()));
    }

    private static AlarmDefinition webDown(int period, int n, Optional<MissingData> missing) {
        return webDown(period, n, missing, true);
    }

    private static AlarmDefinition webDown(int period, int n, Optional<MissingData> missing, boolean actionsEnabled) {
        return new AlarmDefinition(
                "web-1a-down",
                "arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:web-1a-down",
                Optional.of("the instance is dead"),
                new AlarmDefinition.Actions(actionsEnabled, List.of(), List.of("arn:aws:sns:x"), List.of()),
                new MetricCondition(
                        new MetricSource(DOWN, Optional.empty(), Statistic.Simple.MAXIMUM, period),
                        n,
                        OptionalInt.of(n),
                        Comparison.GREATER_THAN_OR_EQUAL,
                        1,
                        missing,
                        Optional.empty()),
                Instant.parse("2026-01-02T03:00:00Z"));
    }

    private void put(String time, double value) {
        metrics.put(DOWN, Instant.parse(time), value);
        engine.dataArrived(List.of(DOWN));
    }

    private void tickAt(String time) {
        clock.set(time);
        engine.tick();
    }

    private AlarmStatus status() {
        return engine.alarms().getFirst().status();
    }

    @Test
    void aNewAlarmHasInsufficientDataAndSaysSo() {
        engine.define(List.of(webDown(60, 1, Optional.empty())));
        assertThat(status())
                .isEqualTo(new AlarmStatus(
                        INSUFFICIENT_DATA,
                        "Unchecked: Initial alarm creation",
                        "",
                        "",
                        Instant.parse("2026-01-02T03:04:05.300Z")));
        assertThat(told).isEmpty();
    }

    /** An event recorded on AWS: created at 11:25:51, in ALARM at 11:26:05 for the minutes 11:23, 11:24 and 11:25. */
    @Test
    void aNewAlarmIsJudgedByDataThatAreOlderThanItself() {
        metrics.put(DOWN, Instant.parse("2026-01-02T03:04:03.500Z"), 1);
        metrics.put(DOWN, Instant.parse("2026-01-02T03:04:04.500Z"), 1);
        engine.define(List.of(webDown(1, 2, Optional.empty())));
        assertThat(told)
                .extracting(
                        change -> change.from().state(), change -> change.to().state())
                .containsExactly(tuple(INSUFFICIENT_DATA, ALARM));
    }

    @Test
    void aBreachOfAMaximumIsJudgedWhenItArrives() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        put("2026-01-02T03:04:05.290Z", 1);
        assertThat(status().state()).isEqualTo(ALARM);
        assertThat(status().since()).isEqualTo(Instant.parse("2026-01-02T03:04:05.300Z"));
        assertThat(status().reason())
                .isEqualTo(
                        "Threshold Crossed: 1 out of the last 1 datapoints [1.0 (02/01/26 03:04:05)] was greater than or"
                                + " equal to the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).");
    }

    @Test
    void aValueThatDoesNotBreachWaitsForTheEndOfItsSecond() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        put("2026-01-02T03:04:05.290Z", 0);
        assertThat(status().state()).isEqualTo(INSUFFICIENT_DATA);
        tickAt("2026-01-02T03:04:06.005Z");
        assertThat(status().state()).isEqualTo(OK);
    }

    @Test
    void aDatapointOfAFinishedSecondIsJudgedWhenItArrives() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        put("2026-01-02T03:04:04Z", 0);
        assertThat(status().state()).isEqualTo(OK);
    }

    @Test
    void aLateFineDatapointDoesNotTakeTheAlarmBack() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        put("2026-01-02T03:04:05Z", 1);
        put("2026-01-02T03:04:04Z", 0);
        assertThat(status().state()).isEqualTo(ALARM);
        tickAt("2026-01-02T03:04:06.005Z");
        assertThat(status().state()).isEqualTo(ALARM);
    }

    @Test
    void dataThatIsASecondLateIsNotMissing() {
        engine.define(List.of(webDown(1, 1, Optional.of(MissingData.BREACHING))));
        put("2026-01-02T03:04:04Z", 0);
        assertThat(status().state()).isEqualTo(OK);
        tickAt("2026-01-02T03:04:06.005Z");
        tickAt("2026-01-02T03:04:07.005Z");
        assertThat(status().state()).isEqualTo(OK);
        tickAt("2026-01-02T03:04:08.005Z");
        assertThat(status().state()).isEqualTo(ALARM);
    }

    @Test
    void awsTimingJudgesPeriodsOfAMinuteOnceAMinuteOnASlidingWindow() {
        engine = engine(Timing.AWS);
        engine.define(List.of(webDown(300, 1, Optional.empty())));
        put("2026-01-02T03:04:05Z", 1);
        tickAt("2026-01-02T03:04:59.005Z");
        assertThat(status().state()).isEqualTo(INSUFFICIENT_DATA);
        tickAt("2026-01-02T03:05:00.005Z");
        assertThat(status().state()).isEqualTo(ALARM);
        assertThat(status().reason()).contains("(02/01/26 03:00:00)");
    }

    @Test
    void awsTimingJudgesShorterPeriodsEveryTenSeconds() {
        engine = engine(Timing.AWS);
        engine.define(List.of(webDown(30, 1, Optional.empty())));
        put("2026-01-02T03:04:05Z", 1);
        tickAt("2026-01-02T03:04:09.005Z");
        assertThat(status().state()).isEqualTo(INSUFFICIENT_DATA);
        tickAt("2026-01-02T03:04:10.005Z");
        assertThat(status().state()).isEqualTo(ALARM);
    }

    @Test
    void aClockThatIsSetBackDelaysNoAlarm() {
        engine.define(List.of(webDown(60, 1, Optional.of(MissingData.BREACHING))));
        clock.set("2026-01-02T01:00:30Z");
        engine.tick();
        assertThat(status().state()).isEqualTo(INSUFFICIENT_DATA);
        tickAt("2026-01-02T01:01:00.005Z");
        assertThat(status().state()).isEqualTo(ALARM);
    }

    @Test
    void aClockThatIsSetBackAnHourAndForwardADayJudgesByTheTimeThatIs() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        for (String second : List.of("2026-01-02T03:04:05Z", "2026-01-02T02:04:05Z", "2026-01-03T02:04:05Z")) {
            clock.set(second);
            put(second, 1);
            assertThat(status().state()).as(second).isEqualTo(ALARM);
            for (int i = 0; i < 5; i++) {
                clock.advance(Duration.ofSeconds(1));
                engine.tick();
            }
            assertThat(status().state()).as(second).isEqualTo(INSUFFICIENT_DATA);
        }
        assertThat(told).hasSize(6);
    }

    @Test
    void redefiningKeepsTheState() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        put("2026-01-02T03:04:05Z", 1);
        engine.define(List.of(webDown(60, 3, Optional.empty())));
        assertThat(status().state()).isEqualTo(ALARM);
        clock.advance(Duration.ofMillis(100));
        put("2026-01-02T03:04:04Z", 0);
        assertThat(told).hasSize(1);
    }

    @Test
    void aStateThatWasSetLastsUntilTheNextEvaluation() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        put("2026-01-02T03:04:04Z", 0);
        assertThat(engine.setState("web-1a-down", ALARM, "a drill", "")).isTrue();
        assertThat(status().reason()).isEqualTo("a drill");
        tickAt("2026-01-02T03:04:06.005Z");
        assertThat(status().state()).isEqualTo(OK);
        assertThat(engine.setState("nobody", ALARM, "a drill", "")).isFalse();
    }

    @Test
    void everyChangeIsSavedToldAndNotifiedOnceUnderOneId() throws JsonProcessingException {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        put("2026-01-02T03:04:05Z", 1);
        put("2026-01-02T03:04:05Z", 1);
        assertThat(told).hasSize(1);
        assertThat(journal.items)
                .extracting(HistoryItem::id, HistoryItem::type, HistoryItem::summary)
                .containsExactly(
                        tuple("id-1", HistoryItem.Type.CONFIGURATION_UPDATE, "Alarm \"web-1a-down\" created"),
                        tuple("id-2", HistoryItem.Type.STATE_UPDATE, "Alarm updated from INSUFFICIENT_DATA to ALARM"),
                        tuple("id-3", HistoryItem.Type.ACTION, "Successfully executed action arn:aws:sns:x"));
        assertThat(journal.notifications).hasSize(1);
        JsonNode message = new ObjectMapper().readTree(journal.notifications.getFirst());
        ((ObjectNode) message).remove(List.of("NewStateReason", "NewStateExplanation"));
        assertThat(message).isEqualTo(new ObjectMapper().readTree("""
                {"MessageId":"id-2","AlarmHistoryItemId":"id-2","AlarmName":"web-1a-down",
                 "AlarmDescription":"the instance is dead","AWSAccountId":"000000000000",
                 "AlarmConfigurationUpdatedTimestamp":"2026-01-02T03:00:00.000+0000",
                 "NewStateValue":"ALARM","StateChangeTime":"2026-01-02T03:04:05.300+0000",
                 "Region":"Asia Pacific (Tokyo)",
                 "AlarmArn":"arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:web-1a-down",
                 "OldStateValue":"INSUFFICIENT_DATA","OKActions":[],"AlarmActions":["arn:aws:sns:x"],
                 "InsufficientDataActions":[],
                 "Trigger":{"MetricName":"StatusCheckFailed","Namespace":"AWS/EC2","StatisticType":"Statistic",
                   "Statistic":"MAXIMUM","Unit":null,
                   "Dimensions":[{"value":"i-0123456789abcdef0","name":"InstanceId"}],
                   "Period":1,"EvaluationPeriods":1,"DatapointsToAlarm":1,
                   "ComparisonOperator":"GreaterThanOrEqualToThreshold","Threshold":1.0,
                   "TreatMissingData":"","EvaluateLowSampleCountPercentile":""}}"""));
    }

    @Test
    void anAlarmWithoutActionsChangesSilently() {
        engine.define(List.of(webDown(1, 1, Optional.empty(), false)));
        put("2026-01-02T03:04:05Z", 1);
        assertThat(status().state()).isEqualTo(ALARM);
        assertThat(journal.notifications).isEmpty();
    }

    @Test
    void aFullDiskDoesNotStopAlarms() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        journal.failing = true;
        put("2026-01-02T03:04:05Z", 1);
        assertThat(status().state()).isEqualTo(ALARM);
        assertThat(told).hasSize(1);
        assertThat(journal.load()).extracting(alarm -> alarm.status().state()).containsExactly(INSUFFICIENT_DATA);
        assertThatThrownBy(() -> engine.delete(List.of("web-1a-down"))).hasMessage("disk full");
        journal.failing = false;
        engine.tick();
        assertThat(journal.load()).isEqualTo(engine.alarms());
        assertThat(journal.notifications).hasSize(1);
        assertThat(told).hasSize(1);
    }

    @Test
    void aStateThatIsSetCountsAsSetWhenItIsSaved() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        journal.failing = true;
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> engine.setState("web-1a-down", ALARM, "test", "{}"))
                    .hasMessage("disk full");
        }
        journal.failing = false;
        assertThat(engine.setState("web-1a-down", ALARM, "test", "{}")).isTrue();
        assertThat(journal.load()).isEqualTo(engine.alarms());
    }

    @Test
    void aRestartGoesOnWithTheStatesItFinds() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        put("2026-01-02T03:04:05Z", 1);
        List<Alarm> before = engine.alarms();
        engine = engine(Timing.LAB);
        assertThat(engine.alarms()).isEqualTo(before);
        put("2026-01-02T03:04:05Z", 1);
        assertThat(told).hasSize(1);
    }

    @Test
    void aDeletedAlarmIsForgottenAndItsHistoryKept() {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        engine.delete(List.of("web-1a-down", "nobody"));
        put("2026-01-02T03:04:05Z", 1);
        assertThat(engine.alarms()).isEmpty();
        assertThat(journal.items)
                .extracting(HistoryItem::summary)
                .containsExactly("Alarm \"web-1a-down\" created", "Alarm \"web-1a-down\" deleted");
    }

    @Test
    void aStateChangeIsAnEventOfEventBridgesForm() throws JsonProcessingException {
        engine.define(List.of(webDown(1, 1, Optional.empty())));
        put("2026-01-02T03:04:05Z", 1);
        var event = AlarmEvents.stateChange(told.getFirst());
        assertThat(event.source()).isEqualTo("aws.cloudwatch");
        assertThat(event.detailType()).isEqualTo("CloudWatch Alarm State Change");
        assertThat(event.resources())
                .containsExactly("arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:web-1a-down");
        assertThat(event.detail().at("/state/value").asText()).isEqualTo("ALARM");
        assertThat(event.detail().at("/previousState/value").asText()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(event.detail().at("/configuration/metrics/0/metricStat/metric"))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"namespace":"AWS/EC2","name":"StatusCheckFailed",
                         "dimensions":{"InstanceId":"i-0123456789abcdef0"}}"""));
        assertThat(new ObjectMapper()
                        .readTree(event.detail().at("/state/reasonData").asText()))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"version":"1.0","queryDate":"2026-01-02T03:04:05.300+0000",
                         "startDate":"2026-01-02T03:04:05.000+0000","statistic":"Maximum","period":1,
                         "recentDatapoints":[1.0],"threshold":1.0,
                         "evaluatedDatapoints":[{"timestamp":"2026-01-02T03:04:05.000+0000","sampleCount":1.0,"value":1.0}]}"""));
    }

    private static AlarmDefinition onMath(String expression, int period) {
        MetricStatQuery stat = new MetricStatQuery(
                "m1", Optional.empty(), false, DOWN, Optional.empty(), Statistic.Simple.MAXIMUM, period);
        return with(
                List.of("arn:aws:sns:ap-northeast-1:000000000000:topic"),
                new MetricCondition(
                        new MathSource(List.of(
                                new ExpressionQuery("e1", Optional.of("Twice"), true, expression, OptionalInt.empty()),
                                stat)),
                        1,
                        OptionalInt.empty(),
                        Comparison.GREATER_THAN_OR_EQUAL,
                        2,
                        Optional.empty(),
                        Optional.empty()));
    }

    private static AlarmDefinition with(List<String> alarmActions, MetricCondition condition) {
        return new AlarmDefinition(
                "alarm",
                "arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:alarm",
                Optional.empty(),
                new AlarmDefinition.Actions(true, List.of(), alarmActions, List.of()),
                condition,
                Instant.parse("2026-01-02T03:00:00Z"));
    }

    @Test
    void anAlarmOnMetricMathIsJudgedByWhatIsComputed() throws JsonProcessingException {
        engine.define(List.of(onMath("m1 * 2", 60)));
        metrics.put(DOWN, Instant.parse("2026-01-02T03:03:10Z"), 1);
        tickAt("2026-01-02T03:05:00.005Z");
        assertThat(status().state()).isEqualTo(ALARM);
        assertThat(status().reason())
                .isEqualTo("Threshold Crossed: 1 datapoint [2.0 (02/01/26 03:03:00)] was greater than or equal to the"
                        + " threshold (2.0).");
        assertThat(status().explanation())
                .isEqualTo(
                        "Twice >= 2 with InstanceId i-0123456789abcdef0 in 1 of 1 period, newest 2 at 03:03:00 UTC.");
        assertThat(new ObjectMapper().readTree(journal.notifications.getFirst()).get("Trigger"))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"Metrics":[{"Id":"e1","Expression":"m1 * 2","Label":"Twice","ReturnData":true},
                          {"Id":"m1","MetricStat":{"Metric":{"Dimensions":[{"value":"i-0123456789abcdef0","name":"InstanceId"}],
                            "MetricName":"StatusCheckFailed","Namespace":"AWS/EC2"},"Period":60,"Stat":"Maximum"},
                           "ReturnData":false}],
                         "Period":60,"EvaluationPeriods":1,"ComparisonOperator":"GreaterThanOrEqualToThreshold",
                         "Threshold":2.0,"TreatMissingData":"","EvaluateLowSampleCountPercentile":""}"""));
    }

    @Test
    void anAlarmOnMetricMathOfOneSecondIsJudgedWhenALateDatapointArrives() {
        engine.define(List.of(onMath("m1 * 2", 1)));
        put("2026-01-02T03:04:04Z", 1);
        assertThat(status().state()).isEqualTo(ALARM);
    }

    @Test
    void saysForPeopleWhenAMetricWasLastSeen() {
        engine.define(List.of(webDown(60, 3, Optional.empty())));
        put("2026-01-02T03:04:04Z", 0);
        tickAt("2026-01-02T03:05:00.005Z");
        tickAt("2026-01-02T03:14:00.005Z");
        assertThat(status().state()).isEqualTo(INSUFFICIENT_DATA);
        assertThat(status().reason()).isEqualTo("Insufficient Data: 3 datapoints were unknown.");
        assertThat(status().explanation())
                .isEqualTo("0 of 3 periods have data; StatusCheckFailed was last seen 03:04:04 UTC with InstanceId"
                        + " i-0123456789abcdef0.");
    }

    @Test
    void saysForPeopleThatAMetricHasOtherDimensions() {
        MetricId other = MetricId.of("AWS/EC2", "StatusCheckFailed", Map.of("InstanceId", "i-0fff"));
        metrics.put(other, Instant.parse("2026-01-01T23:00:00Z"), 0);
        engine.define(List.of(webDown(1, 1, Optional.of(MissingData.BREACHING))));
        tickAt("2026-01-02T03:04:06.005Z");
        assertThat(status().explanation())
                .isEqualTo("0 of 1 period has data; StatusCheckFailed was never seen with InstanceId"
                        + " i-0123456789abcdef0, but 2026-01-01 23:00:00 UTC with InstanceId i-0fff.");
    }

    private static final String POLICY =
            "arn:aws:autoscaling:ap-northeast-1:000000000000:scalingPolicy:1:autoScalingGroupName/web:policyName/out";

    @Test
    void aScalingPolicyIsToldAgainEveryMinuteThatTheStateLasts() {
        MetricSource source = new MetricSource(DOWN, Optional.empty(), Statistic.Simple.MAXIMUM, 1);
        engine.define(List.of(with(
                List.of(POLICY, "arn:aws:sns:ap-northeast-1:000000000000:topic"),
                new MetricCondition(
                        source,
                        1,
                        OptionalInt.empty(),
                        Comparison.GREATER_THAN_OR_EQUAL,
                        1,
                        Optional.of(MissingData.IGNORE),
                        Optional.empty()))));
        put("2026-01-02T03:04:05Z", 1);
        assertThat(acted).containsExactly("ALARM " + POLICY, "ALARM arn:aws:sns:ap-northeast-1:000000000000:topic");
        acted.clear();
        tickAt("2026-01-02T03:05:05.005Z");
        assertThat(acted).isEmpty();
        tickAt("2026-01-02T03:05:06.005Z");
        tickAt("2026-01-02T03:05:07.005Z");
        assertThat(acted).containsExactly("ALARM " + POLICY);
        acted.clear();
        engine = engine(Timing.LAB);
        tickAt("2026-01-02T03:05:08.005Z");
        assertThat(acted)
                .as("told anew, since the old monitor may have died before")
                .hasSize(1);
        acted.clear();
        engine.setState("alarm", OK, "enough", "");
        tickAt("2026-01-02T03:06:09.005Z");
        assertThat(acted).isEmpty();
    }

    @Test
    void actionsWithoutLocalCounterpartAreOnRecord() throws JsonProcessingException {
        MetricSource source = new MetricSource(DOWN, Optional.empty(), Statistic.Simple.MAXIMUM, 1);
        engine.define(List.of(with(
                List.of("arn:aws:automate:ap-northeast-1:ec2:recover", "arn:aws:sns:ap-northeast-1:000000000000:t"),
                new MetricCondition(
                        source,
                        1,
                        OptionalInt.empty(),
                        Comparison.GREATER_THAN_OR_EQUAL,
                        1,
                        Optional.empty(),
                        Optional.empty()))));
        put("2026-01-02T03:04:05Z", 1);
        assertThat(journal.items)
                .extracting(HistoryItem::type, HistoryItem::summary)
                .endsWith(
                        tuple(
                                HistoryItem.Type.ACTION,
                                "Action arn:aws:automate:ap-northeast-1:ec2:recover is not performed locally"),
                        tuple(
                                HistoryItem.Type.ACTION,
                                "Successfully executed action arn:aws:sns:ap-northeast-1:000000000000:t"));
        JsonNode data = new ObjectMapper().readTree(journal.items.getLast().data());
        assertThat(data.get("actionState").asText()).isEqualTo("Succeeded");
        assertThat(data.get("stateUpdateTimestamp").asLong()).isEqualTo(1_767_323_045_300L);
        assertThat(data.get("notificationResource").asText()).isEqualTo("arn:aws:sns:ap-northeast-1:000000000000:t");
        JsonNode published =
                new ObjectMapper().readTree(data.get("publishedMessage").asText());
        assertThat(published.get("default").asText()).isEqualTo(journal.notifications.getFirst());
    }

    @Test
    void actionsCanBeSwitchedOffAndOn() {
        engine.define(List.of(webDown(1, 1, Optional.of(MissingData.IGNORE))));
        engine.enableActions(List.of("web-1a-down", "nobody"), false);
        put("2026-01-02T03:04:05Z", 1);
        assertThat(status().state()).isEqualTo(ALARM);
        assertThat(acted).isEmpty();
        assertThat(journal.notifications).isEmpty();
        engine.enableActions(List.of("web-1a-down"), true);
        assertThat(acted).as("only a change acts").isEmpty();
        engine.setState("web-1a-down", OK, "a drill", "");
        engine.setState("web-1a-down", ALARM, "a drill", "");
        assertThat(acted).containsExactly("ALARM arn:aws:sns:x");
    }

    @Test
    void anAlarmWhoseDataCannotBeReadDoesNotStopTheOthers() {
        metrics.failing = MetricId.of("AWS/EC2", "Unreadable", Map.of());
        MetricSource source = new MetricSource(metrics.failing, Optional.empty(), Statistic.Simple.MAXIMUM, 1);
        engine.define(List.of(with(
                List.of(),
                new MetricCondition(
                        source,
                        1,
                        OptionalInt.empty(),
                        Comparison.GREATER_THAN,
                        1,
                        Optional.of(MissingData.BREACHING),
                        Optional.empty()))));
        engine.define(List.of(webDown(60, 1, Optional.of(MissingData.BREACHING))));
        tickAt("2026-01-02T03:05:00.005Z");
        assertThat(told)
                .extracting(transition -> transition.definition().name())
                .containsExactly("web-1a-down");
    }
}
