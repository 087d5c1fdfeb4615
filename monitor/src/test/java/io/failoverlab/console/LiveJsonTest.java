package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.alarm.AlarmState;
import io.failoverlab.live.LiveMessage.AlarmRemoved;
import io.failoverlab.live.LiveMessage.Series;
import io.failoverlab.live.LiveMessage.Tick;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LiveJsonTest {
    private static final Instant TEN = Instant.ofEpochSecond(10);
    private static final Instant ELEVEN = Instant.ofEpochSecond(11);

    private final LiveJson json = new LiveJson();

    @Test
    void aTickNamesItsSeriesAndGivesThePointAsNumbers() {
        Tick tick = new Tick(TEN, List.of(latency(250, 0.0125), requests(300)));

        assertThat(json.message(tick)).isEqualTo(new LiveJson.Encoded("tick", """
                {"type":"tick","seconds":[10],"series":[\
                {"namespace":"AWS/ApplicationELB","metricName":"TargetResponseTime","dimensions":{"LoadBalancer":"app/lab/1",\
                "TargetGroup":"targetgroup/web/2"},"unit":"Seconds","points":[[10,250,5,0.001,0.5,0.0125,0.25,0.2]]},\
                {"namespace":"FailoverLab/Client","metricName":"RequestCount","dimensions":{},"unit":"Count",\
                "points":[[10,1,300,300,300,null,null,null]]}]}"""));
    }

    @Test
    void aSnapshotNamesEachSeriesOnceAndKeepsSecondsWithoutData() {
        List<Tick> ticks = List.of(
                new Tick(TEN, List.of(requests(300))),
                new Tick(ELEVEN, List.of()),
                new Tick(Instant.ofEpochSecond(12), List.of(requests(301))));

        assertThat(json.snapshot(List.copyOf(ticks), false)).isEqualTo(new LiveJson.Encoded("snapshot", """
                {"type":"snapshot","resumed":false,"seconds":[10,11,12],"series":[\
                {"namespace":"FailoverLab/Client","metricName":"RequestCount","dimensions":{},"unit":"Count",\
                "points":[[10,1,300,300,300,null,null,null],[12,1,301,301,301,null,null,null]]}],"events":[],"alarms":[]}"""));
    }

    @Test
    void inASnapshotTheLaterOfTwoTicksOfASecondCounts() {
        List<Tick> ticks = List.of(new Tick(TEN, List.of(requests(1))), new Tick(TEN, List.of(requests(2))));

        assertThat(json.snapshot(List.copyOf(ticks), true).json())
                .startsWith("{\"type\":\"snapshot\",\"resumed\":true,\"seconds\":[10],")
                .contains("\"points\":[[10,1,2,2,2,null,null,null]]");
    }

    @Test
    void aSnapshotHoldsThePresentStateOfEachAlarmThatStillExists() {
        LiveJson.Encoded snapshot = json.snapshot(
                List.of(
                        KilledWebServer.alarm("one", AlarmState.OK, 1, "fine"),
                        KilledWebServer.alarm("two", AlarmState.OK, 1, "fine"),
                        KilledWebServer.alarm("one", AlarmState.ALARM, 2, "broken"),
                        new AlarmRemoved("two")),
                false);

        assertThat(snapshot.json()).endsWith("""
                "events":[],"alarms":[{"name":"one","state":"ALARM","reason":"broken","explanation":"","since":"2026-01-02T05:00:02Z",\
                "namespace":"AWS/EC2","metricName":"StatusCheckFailed","dimensions":{"InstanceId":"i-0a1b2c3d4e5f60001"},\
                "threshold":"Maximum StatusCheckFailed >= 1 for 1 of 1 periods of 1 s"}]}""");
    }

    @Test
    void eventsKeepTheFieldsOfEventBridge() {
        assertThat(json.message(KilledWebServer.event(
                        5, "failoverlab.fault", "Fault Healed", "web-1a", "{\"fault\":\"kill\"}")))
                .isEqualTo(new LiveJson.Encoded("event", """
                        {"type":"event","event":{"time":"2026-01-02T05:00:05Z","source":"failoverlab.fault",\
                        "detailType":"Fault Healed","resources":["web-1a"],"detail":{"fault":"kill"}}}"""));
    }

    @Test
    void aRemovedAlarmIsToldByItsName() {
        assertThat(json.message(new AlarmRemoved("one")))
                .isEqualTo(new LiveJson.Encoded("alarm-removed", "{\"type\":\"alarm-removed\",\"name\":\"one\"}"));
    }

    private static Series requests(double sum) {
        return new Series(
                "FailoverLab/Client",
                "RequestCount",
                Map.of(),
                "Count",
                1,
                sum,
                sum,
                sum,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static Series latency(double samples, double p50) {
        return new Series(
                "AWS/ApplicationELB",
                "TargetResponseTime",
                Map.of("TargetGroup", "targetgroup/web/2", "LoadBalancer", "app/lab/1"),
                "Seconds",
                samples,
                5,
                0.001,
                0.5,
                OptionalDouble.of(p50),
                OptionalDouble.of(0.2),
                OptionalDouble.of(0.25));
    }
}
