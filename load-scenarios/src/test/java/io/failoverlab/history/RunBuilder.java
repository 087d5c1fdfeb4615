package io.failoverlab.history;

import io.failoverlab.history.Event.AlarmStateChanged;
import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.Event.DatabaseEvent;
import io.failoverlab.history.Event.DatabaseFailedOver;
import io.failoverlab.history.Event.FaultHealed;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.JudgingStarted;
import io.failoverlab.history.Event.LoadEnded;
import io.failoverlab.history.Event.LoadSecond;
import io.failoverlab.history.Event.LoadStarted;
import io.failoverlab.history.Event.MetricSample;
import io.failoverlab.history.Event.RotationChanged;
import io.failoverlab.history.Event.TargetStateChanged;
import io.failoverlab.history.RunInfo.ExperimentInfo;
import io.failoverlab.history.RunInfo.HostInfo;
import io.failoverlab.history.RunInfo.InstanceInfo;
import io.failoverlab.history.RunInfo.LoadPlan;
import io.failoverlab.history.RunInfo.PlannedFault;
import io.failoverlab.history.RunInfo.TopologyInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run to vary in tests: 10 requests a second for 40 s, judged from 2 s on, all answered in 10 ms; web-1a of web-1a and
 * web-1c is killed at 20 s, unhealthy at 20.1 s, out of rotation at 20.2 s, alarmed at 20.5 s, and never replaced.
 */
public final class RunBuilder {
    private static final InstanceInfo BALANCER =
            new InstanceInfo("lb", "i-00000000000000001", InstanceRole.LOAD_BALANCER, "ap-northeast-1a");

    private final Map<String, String> expectations = new LinkedHashMap<>();
    private final List<PlannedFault> planned = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<RequestSample> requests = new ArrayList<>();
    private LedgerReading ledger = new LedgerReading(
            Set.of("k-1", "k-2"),
            Map.of("k-1", 1L, "k-2", 2L),
            new LedgerReading.FinalRead.Read("db-1", Map.of("k-1", List.of(1L), "k-2", List.of(2L))));
    private final List<ItemVersion> items = new ArrayList<>();
    private List<String> damage = List.of();
    private LoadPlan load = new LoadPlan("browse-and-order", 10, at(1), at(1), at(40));

    private String balancer = "nginx";

    private RunBuilder() {}

    public static RunBuilder killOfOneOfTwo() {
        RunBuilder run = quiet();
        run.planned.add(new PlannedFault("kill", "web-1a", at(20)));
        return run.add(
                new FaultHealed(at(40), "kill", "web-1a", "started again"),
                new FaultInjected(at(20), "kill", "web-1a", "", true, "exit code 137"),
                target(20.1, "web-1a", TargetState.HEALTHY, TargetState.UNHEALTHY),
                new RotationChanged(at(20.2), List.of("web-1c"), 2),
                alarm(20.5, AlarmState.OK, AlarmState.ALARM));
    }

    /**
     * The primary db-1 of a Multi-AZ database is killed at 20 s, which is found at 20.010 s; db-2 is open at 20.110 s, has the
     * endpoint at 20.112 s and the first client at 20.2 s, and a standby again at 30 s.
     */
    public static RunBuilder failover() {
        return quiet().add(
                        new FaultInjected(at(20), "kill", "db-1", "", true, "exit code 137"),
                        rds(20.010, "RDS-EVENT-0013"),
                        rds(20.112, "RDS-EVENT-0049"),
                        rds(20.112, "RDS-EVENT-0052"),
                        new DatabaseFailedOver(
                                at(20.2),
                                "db-1",
                                "db-1",
                                "db-2",
                                "the server died",
                                at(20.005),
                                at(20.010),
                                at(20.110),
                                at(20.112)),
                        rds(30, "RDS-EVENT-0053"));
    }

    /** An event of RDS's. */
    public static DatabaseEvent rds(double seconds, String id) {
        return new DatabaseEvent(at(seconds), "db-1", id, "failover", "as RDS words it");
    }

    /** Without any fault and what follows from it. */
    public static RunBuilder quiet() {
        RunBuilder run = new RunBuilder();
        run.add(
                target(-1, "web-1a", TargetState.INITIAL, TargetState.HEALTHY),
                target(-1, "web-1c", TargetState.INITIAL, TargetState.HEALTHY),
                new RotationChanged(at(-1), List.of("web-1a", "web-1c"), 1),
                new LoadStarted(at(0)),
                new JudgingStarted(at(2)),
                new LoadEnded(at(40), true, "duration reached"));
        for (int second = 0; second < 40; second++) {
            run.add(
                    new LoadSecond(at(second), 10, 10, 10, 0, Map.of(200, 10L)),
                    new MetricSample(at(second), MetricSample.REQUEST_COUNT, "web-1c", 10),
                    new AlarmsRead(at(second + 0.5), Map.of("web-1a-down", AlarmState.OK)));
            for (int request = 0; request < 10; request++) {
                run.requests.add(request(second * 1_000 + request * 100, 10));
            }
        }
        return run;
    }

    /** A point on the elapsed axis, in seconds. */
    public static Duration at(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    /** A request that was answered. */
    public static RequestSample request(long startMillis, long millis) {
        return new RequestSample("item", Duration.ofMillis(startMillis), Duration.ofMillis(millis), true, 200, "");
    }

    /** A request that failed. */
    public static RequestSample failed(long startMillis, long millis, int status, String error) {
        return new RequestSample(
                "item", Duration.ofMillis(startMillis), Duration.ofMillis(millis), false, status, error);
    }

    public static TargetStateChanged target(double seconds, String instance, TargetState from, TargetState to) {
        return new TargetStateChanged(at(seconds), instance, "ap-northeast-1a", from, to, "", "");
    }

    public static AlarmStateChanged alarm(double seconds, AlarmState from, AlarmState to) {
        return new AlarmStateChanged(at(seconds), "web-1a-down", from, to, "", at(seconds));
    }

    public RunBuilder expect(String figure, String expected) {
        expectations.put(figure, expected);
        return this;
    }

    /** With a rate that changes, {@code 1000} a second at its highest. */
    public RunBuilder rates(String course) {
        load = new LoadPlan("browse-and-order", 1_000, at(1), at(1), at(40), course);
        return this;
    }

    /** Of a simulation of the user's own. */
    public RunBuilder own(String className) {
        load = new LoadPlan(LoadPlan.OWN + className, 10, at(1), at(1), at(40));
        return this;
    }

    /** With a load balancer set up otherwise. */
    public RunBuilder balancer(String other) {
        balancer = other;
        return this;
    }

    public RunBuilder plan(String fault, String instance, double seconds) {
        planned.add(new PlannedFault(fault, instance, at(seconds)));
        return this;
    }

    public RunBuilder add(Event... more) {
        events.addAll(List.of(more));
        return this;
    }

    public RunBuilder remove(Class<? extends Event> kind) {
        events.removeIf(kind::isInstance);
        return this;
    }

    /** Removes what the kind says happened in {@code [from, to)}. */
    public RunBuilder remove(Class<? extends Event> kind, double from, double to) {
        events.removeIf(event -> kind.isInstance(event)
                && event.at().compareTo(at(from)) >= 0
                && event.at().compareTo(at(to)) < 0);
        return this;
    }

    public RunBuilder add(RequestSample... more) {
        requests.addAll(List.of(more));
        return this;
    }

    /** Only these requests. */
    public RunBuilder requests(RequestSample... only) {
        requests.clear();
        remove(LoadSecond.class);
        return add(only);
    }

    public RunBuilder ledger(LedgerReading other) {
        ledger = other;
        return this;
    }

    public RunBuilder items(ItemVersion... more) {
        items.addAll(List.of(more));
        return this;
    }

    public RunBuilder damage(String... sentences) {
        damage = List.of(sentences);
        return this;
    }

    public History build() {
        return new History(
                new RunInfo(
                        "r-1",
                        Instant.parse("2026-01-01T09:00:00Z"),
                        "./lab run kill-one-web",
                        new ExperimentInfo("kill-one-web", "", load, planned, expectations),
                        new TopologyInfo(
                                "two-web-one-db",
                                "2 web servers, 1 database",
                                balancer,
                                "lab",
                                List.of(),
                                List.of(BALANCER),
                                2),
                        new HostInfo(2, 1L << 30, Map.of())),
                events,
                requests,
                ledger,
                items,
                damage);
    }
}
