package io.failoverlab.experiment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.MonitorFailed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** Reads the monitor's alarms into the history of a run, and waits for them before its load. */
final class AlarmWatch {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OK = "OK";

    private final MonitorClient monitor;
    private final List<String> own;
    private final HistoryRecorder recorder;
    private final LabScheduler scheduler;
    private final Consumer<String> trouble;

    /** @param own alarms of the experiment, which may have nothing to look at before the load */
    AlarmWatch(
            MonitorClient monitor,
            List<PutMetricAlarmRequest> own,
            HistoryRecorder recorder,
            LabScheduler scheduler,
            Consumer<String> trouble) {
        this.monitor = monitor;
        this.own = own.stream().map(PutMetricAlarmRequest::alarmName).toList();
        this.recorder = recorder;
        this.scheduler = scheduler;
        this.trouble = trouble;
    }

    void read() {
        try {
            Map<String, String> states = monitor.alarms().stream()
                    .collect(Collectors.toMap(MetricAlarm::alarmName, MetricAlarm::stateValueAsString));
            recorder.alarmsRead(scheduler.instant(), states);
        } catch (MonitorFailed silent) {
            // The silence itself is judged: an assumption wants an answer every few seconds.
            trouble.accept(silent.getMessage());
        }
    }

    /** Says which are not in OK when the time is up: an assumption looks at them before the fault. */
    void awaitOk() {
        // The first whole period may begin one period from now, and is judged in the one after it.
        Duration period = longestPeriod(monitor.alarms());
        Optional<Boolean> settled = scheduler.await(
                LIMIT.plus(period.multipliedBy(3)),
                () -> ofStack().allMatch(AlarmWatch::isOk) ? Optional.of(true) : Optional.empty());
        if (settled.isEmpty()) {
            trouble.accept("not in OK before the load: "
                    + ofStack()
                            .filter(alarm -> !isOk(alarm))
                            .map(alarm -> alarm.alarmName() + " " + alarm.stateValueAsString() + " ("
                                    + alarm.stateReason() + ")")
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Of the one metric that an alarm looks at, or of those that its expression is made of; a second if none says. */
    static Duration longestPeriod(List<MetricAlarm> alarms) {
        int seconds = alarms.stream()
                .flatMap(AlarmWatch::periods)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
        return Duration.ofSeconds(seconds);
    }

    private static Stream<Integer> periods(MetricAlarm alarm) {
        Stream<Integer> ofExpression = alarm.metrics().stream()
                .flatMap(query -> Stream.concat(
                        Stream.ofNullable(query.period()),
                        Stream.ofNullable(query.metricStat()).map(MetricStat::period)));
        return Stream.concat(Stream.ofNullable(alarm.period()), ofExpression);
    }

    private static boolean isOk(MetricAlarm alarm) {
        return alarm.stateValueAsString().equals(OK);
    }

    private Stream<MetricAlarm> ofStack() {
        return monitor.alarms().stream().filter(alarm -> !own.contains(alarm.alarmName()));
    }
}
