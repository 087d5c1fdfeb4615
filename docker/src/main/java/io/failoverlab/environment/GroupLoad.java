package io.failoverlab.environment;

import io.failoverlab.telemetry.Measurement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The metrics that a target tracking policy follows, of the instances in service, from what was measured in a period. */
final class GroupLoad {
    private final Map<String, Double> cpuById = new HashMap<>();
    private double requestsPerTarget;
    private boolean requests;

    synchronized void measured(Collection<Measurement> measurements) {
        for (Measurement it : measurements) {
            if (it.namespace().equals("AWS/EC2") && it.name().equals("CPUUtilization")) {
                cpuById.put(it.dimensions().get("InstanceId"), it.values().getFirst());
            } else if (it.name().equals("RequestCountPerTarget")
                    && it.dimensions().keySet().equals(Set.of("TargetGroup"))) {
                requestsPerTarget += it.values().getFirst();
                requests = true;
            }
        }
    }

    /** {@code ASGAverageCPUUtilization} of these instances since it was asked last. */
    synchronized OptionalDouble averageCpu(List<String> ids) {
        OptionalDouble average = ids.stream()
                .filter(cpuById::containsKey)
                .mapToDouble(cpuById::get)
                .average();
        cpuById.clear();
        return average;
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
