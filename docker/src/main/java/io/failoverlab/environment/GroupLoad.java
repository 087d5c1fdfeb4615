package io.failoverlab.environment;

import io.failoverlab.telemetry.Measurement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The metrics that a target tracking policy follows, of the instances in service, from what was measured since they were asked
 * for last: as CloudWatch's statistic of a period, the average of all datapoints, or their sum.
 */
final class GroupLoad {
    private final Map<String, Average> cpuById = new HashMap<>();
    private double requestsPerTarget;
    private boolean requests;

    private record Average(double sum, double count) {
        private static final Average NONE = new Average(0, 0);

        Average and(Average other) {
            return new Average(sum + other.sum, count + other.count);
        }

        static Average of(Measurement measured) {
            Average all = NONE;
            for (int i = 0; i < measured.values().size(); i++) {
                double count = measured.counts().get(i);
                all = all.and(new Average(measured.values().get(i) * count, count));
            }
            return all;
        }
    }

    synchronized void measured(Collection<Measurement> measurements) {
        for (Measurement it : measurements) {
            if (it.namespace().equals("AWS/EC2")
                    && it.name().equals("CPUUtilization")
                    && it.dimensions().keySet().equals(Set.of("InstanceId"))) {
                cpuById.merge(it.dimensions().get("InstanceId"), Average.of(it), Average::and);
            } else if (it.name().equals("RequestCountPerTarget")
                    && it.dimensions().keySet().equals(Set.of("TargetGroup"))) {
                requestsPerTarget += it.values().getFirst();
                requests = true;
            }
        }
    }

    /** {@code ASGAverageCPUUtilization} of these instances since it was asked last. */
    synchronized OptionalDouble averageCpu(List<String> ids) {
        Average all =
                ids.stream().map(it -> cpuById.getOrDefault(it, Average.NONE)).reduce(Average.NONE, Average::and);
        cpuById.clear();
        return all.count() > 0 ? OptionalDouble.of(all.sum() / all.count()) : OptionalDouble.empty();
    }

    /** {@code ALBRequestCountPerTarget}: AWS counts a minute's requests, whatever the period is here. */
    synchronized OptionalDouble requestsPerMinute(Duration period) {
        OptionalDouble perMinute = requests
                ? OptionalDouble.of(requestsPerTarget * Duration.ofMinutes(1).toMillis() / period.toMillis())
                : OptionalDouble.empty();
        requestsPerTarget = 0;
        requests = false;
        return perMinute;
    }
}
