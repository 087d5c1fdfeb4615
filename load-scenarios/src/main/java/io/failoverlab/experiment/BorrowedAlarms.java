package io.failoverlab.experiment;

import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.MonitorFailed;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** The alarms that an experiment brings along, in a monitor that goes on without it: closed, the monitor has what it had before. */
final class BorrowedAlarms implements AutoCloseable {
    private final MonitorClient monitor;
    private final List<PutMetricAlarmRequest> alarms;
    private final List<MetricAlarm> replaced;
    private final Consumer<String> trouble;
    private final AtomicBoolean closed = new AtomicBoolean();

    private BorrowedAlarms(
            MonitorClient monitor,
            List<PutMetricAlarmRequest> alarms,
            List<MetricAlarm> replaced,
            Consumer<String> trouble) {
        this.monitor = monitor;
        this.alarms = alarms;
        this.replaced = replaced;
        this.trouble = trouble;
    }

    /**
     * Puts them, in the place of those of the same names.
     *
     * @param trouble told in words what closing could not do
     * @throws MonitorFailed if the monitor refuses one; it then has none of them
     */
    static BorrowedAlarms put(MonitorClient monitor, List<PutMetricAlarmRequest> alarms, Consumer<String> trouble) {
        Set<String> names =
                alarms.stream().map(PutMetricAlarmRequest::alarmName).collect(Collectors.toSet());
        List<MetricAlarm> replaced = names.isEmpty()
                ? List.of()
                : monitor.alarms().stream()
                        .filter(it -> names.contains(it.alarmName()))
                        .toList();
        BorrowedAlarms borrowed = new BorrowedAlarms(monitor, alarms, replaced, trouble);
        try {
            alarms.forEach(monitor::put);
            return borrowed;
        } catch (RuntimeException refused) {
            borrowed.close();
            throw refused;
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        List<String> kept = replaced.stream().map(MetricAlarm::alarmName).toList();
        List<String> added = alarms.stream()
                .map(PutMetricAlarmRequest::alarmName)
                .filter(name -> !kept.contains(name))
                .toList();
        try {
            if (!added.isEmpty()) {
                monitor.deleteAlarms(added);
            }
            replaced.forEach(alarm -> monitor.put(asPut(alarm)));
        } catch (MonitorFailed silent) {
            trouble.accept("the alarms of before the experiment were not put back: " + silent.getMessage());
        }
    }

    /** An alarm's definition has the same members in both; what else a description tells is the alarm's state. */
    static PutMetricAlarmRequest asPut(MetricAlarm alarm) {
        PutMetricAlarmRequest.Builder put = PutMetricAlarmRequest.builder();
        for (SdkField<?> member : put.sdkFields()) {
            alarm.getValueForField(member.memberName(), Object.class)
                    .filter(value -> !(value instanceof SdkAutoConstructList))
                    .ifPresent(value -> member.set(put, value));
        }
        return put.build();
    }
}
