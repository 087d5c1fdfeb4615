package io.failoverlab.bench;

import io.failoverlab.history.AlarmState;
import io.failoverlab.history.Event;
import io.failoverlab.history.History;
import io.failoverlab.history.InstanceRole;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.RequestSample;
import io.failoverlab.history.RunInfo;
import io.failoverlab.history.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A run as the lab would have kept it, made up: so many requests a second, a fifth of them orders, one of two web servers killed
 * in the middle, and whatever else is recorded every second. To measure judging and reporting without running anything.
 *
 * @param rate requests a second
 * @param seconds of load
 */
record GeneratedRun(int rate, int seconds) {
    private static final int ORDERS_EVERY = 5;
    private static final int UNJUDGED = 13;
    private static final List<String> WEB = List.of("web-1a", "web-1c");
    private static final Duration LEAST = Duration.ofSeconds(30);

    GeneratedRun {
        if (rate < 1 || seconds < LEAST.toSeconds()) {
            throw new IllegalArgumentException(
                    "expected a rate of 1 or more for 30 s or more, found " + rate + " for " + seconds + " s");
        }
    }

    History history(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RequestSample> requests = new ArrayList<>();
        Set<String> attempted = new LinkedHashSet<>();
        Map<String, Long> acknowledged = new LinkedHashMap<>();
        Map<String, List<Long>> found = new LinkedHashMap<>();
        long all = (long) rate * seconds;
        for (long i = 0; i < all; i++) {
            boolean order = i % ORDERS_EVERY == 0;
            requests.add(new RequestSample(
                    order ? RequestSample.WRITE : "item",
                    Duration.ofMillis(i * 1_000 / rate),
                    Duration.ofMillis(1 + (long) (-4 * Math.log(1 - random.nextDouble()))),
                    true,
                    order ? 201 : 200,
                    ""));
            if (order) {
                String key = "r-" + i;
                attempted.add(key);
                acknowledged.put(key, i);
                found.put(key, List.of(i));
            }
        }
        return new History(
                info(),
                events(),
                requests,
                new LedgerReading(attempted, acknowledged, new LedgerReading.FinalRead.Read("db-1", found)));
    }

    private Duration fault() {
        return Duration.ofSeconds(seconds / 2);
    }

    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (String web : WEB) {
            events.add(new Event.TargetStateChanged(
                    Duration.ofSeconds(-1), web, "ap-northeast-1a", TargetState.INITIAL, TargetState.HEALTHY, "", ""));
        }
        events.add(new Event.RotationChanged(Duration.ofSeconds(-1), WEB, 1));
        events.add(new Event.LoadStarted(Duration.ZERO));
        events.add(new Event.JudgingStarted(Duration.ofSeconds(UNJUDGED)));
        for (int second = 0; second < seconds; second++) {
            Duration at = Duration.ofSeconds(second);
            events.add(new Event.LoadSecond(
                    at,
                    rate,
                    rate,
                    rate,
                    0,
                    Map.of(200, (long) rate - rate / ORDERS_EVERY, 201, (long) rate / ORDERS_EVERY)));
            events.add(new Event.GeneratorUse(at, 60, 400, 20_000, Duration.ofMillis(5)));
            events.add(new Event.AlarmsRead(
                    at.plusMillis(500), Map.of("web-1a-down", AlarmState.OK, "web-1c-down", AlarmState.OK)));
            for (String web : WEB) {
                events.add(new Event.MetricSample(at, Event.MetricSample.CPU_UTILIZATION, web, 30));
                events.add(new Event.MetricSample(at, Event.MetricSample.REQUEST_COUNT, web, rate / 2.0));
            }
        }
        events.add(new Event.FaultInjected(fault(), "kill", "web-1a", "", true, "exit code 137"));
        events.add(new Event.TargetStateChanged(
                fault().plusMillis(90),
                "web-1a",
                "ap-northeast-1a",
                TargetState.HEALTHY,
                TargetState.UNHEALTHY,
                "Target.FailedHealthChecks",
                ""));
        events.add(new Event.RotationChanged(fault().plusMillis(200), List.of("web-1c"), 2));
        events.add(new Event.AlarmStateChanged(
                fault().plusMillis(300),
                "web-1a-down",
                AlarmState.OK,
                AlarmState.ALARM,
                "generated",
                fault().plusMillis(280)));
        events.add(new Event.FaultHealed(Duration.ofSeconds(seconds), "kill", "web-1a", "started again"));
        events.add(new Event.LoadEnded(Duration.ofSeconds(seconds), true, "every planned request was started"));
        return events;
    }

    private RunInfo info() {
        return new RunInfo(
                "generated",
                Instant.parse("2026-01-01T00:00:00Z"),
                "./lab bench report --rate " + rate + " --for " + seconds + "s",
                new RunInfo.ExperimentInfo(
                        "generated",
                        "A made-up run",
                        new RunInfo.LoadPlan(
                                "browse-and-order",
                                rate,
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(seconds)),
                        List.of(new RunInfo.PlannedFault("kill", "web-1a", fault())),
                        Map.of(
                                "requests-lost", "= 0",
                                "alarm web-1a-down", "within 2 s",
                                "p99-during", "< 250 ms",
                                "writes-lost", "= 0")),
                new RunInfo.TopologyInfo(
                        "two-web-one-db",
                        "2 web servers, 1 database server, zones a and c",
                        "nginx",
                        "lab",
                        List.of(),
                        List.of(new RunInfo.InstanceInfo(
                                "web-1a", "i-0123456789abcdef0", InstanceRole.WEB, "ap-northeast-1a")),
                        WEB.size()),
                new RunInfo.HostInfo(1, 0, Map.of()));
    }
}
