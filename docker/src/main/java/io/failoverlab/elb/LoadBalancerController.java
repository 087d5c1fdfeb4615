package io.failoverlab.elb;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Does for nginx what its free edition leaves out: active health checks, target states, and taking dead targets out of
 * rotation. Health is decided by {@link TargetGroup}; this class brings the facts in and carries the decisions out.
 */
public final class LoadBalancerController implements AutoCloseable {
    /** The access log of a second is complete at most this long after its end. */
    private static final Duration LOG_DELAY = Duration.ofMillis(300);

    /** A target that has not answered by then is registered all the same, and its checks tell what is wrong. */
    private static final Duration REGISTRATION_LIMIT = Duration.ofSeconds(60);

    private final TargetGroup group;
    private final HealthCheck check;
    private final HealthProbe probe;
    private final NginxProcess nginx;
    private final BalancerMetrics metrics;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final Map<String, String> groupDimensions;
    private final List<AutoCloseable> running = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param loadBalancer the {@code LoadBalancer} dimension of its metrics
     * @param targetGroup the {@code TargetGroup} dimension of its metrics
     */
    public LoadBalancerController(
            NginxProcess nginx,
            HealthCheck check,
            String loadBalancer,
            String targetGroup,
            LabScheduler scheduler,
            Telemetry telemetry) {
        this.nginx = nginx;
        this.check = check;
        this.group = new TargetGroup(check.healthyThreshold(), check.unhealthyThreshold());
        this.probe = new HealthProbe(check.path(), check.timeout(), check.matcher());
        this.metrics = new BalancerMetrics(loadBalancer, targetGroup);
        this.groupDimensions = Map.of("LoadBalancer", loadBalancer, "TargetGroup", targetGroup);
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    /**
     * Begins to read the access log and to publish metrics, and registers each target as soon as it answers for the first
     * time: one that still starts would otherwise be found unhealthy and have to pass several checks.
     */
    public synchronized void start(List<Target> targets, EngineContainer balancer) {
        targets.forEach(metrics::register);
        ObjectMapper json = new ObjectMapper();
        running.add(
                balancer.followOutput(line -> AccessLogEntry.parse(json, line).ifPresent(metrics::add)));
        targets.forEach(target -> scheduler.launch(() -> registerOnceItAnswers(target)));
        running.add(scheduler.every(Duration.ofSeconds(1), this::publish));
    }

    private void registerOnceItAnswers(Target target) {
        scheduler.await(
                REGISTRATION_LIMIT,
                () -> closed || probe.check(target) instanceof ProbeResult.Passed
                        ? Optional.of(true)
                        : Optional.empty());
        synchronized (this) {
            if (!closed) {
                group.register(target);
                running.add(scheduler.every(check.interval(), () -> check(target)));
            }
        }
    }

    private void check(Target target) {
        ProbeResult result = probe.check(target);
        decide(() -> group.checked(target.name(), result));
    }

    /** The engine reports an instance's end long before a health check can fail. */
    public void instanceGone(String name, String why) {
        decide(() -> group.instanceGone(name, why));
    }

    private void decide(Supplier<Optional<TargetGroup.Transition>> decision) {
        List<Target> rotation;
        List<Target> registered;
        synchronized (this) {
            Optional<TargetGroup.Transition> transition = decision.get();
            if (transition.isEmpty()) {
                return;
            }
            telemetry.happened(eventOf(transition.get()));
            publishHostCounts();
            rotation = group.rotation();
            registered = List.copyOf(group.health().keySet());
        }
        nginx.serve(rotation, registered);
    }

    private StackEvent eventOf(TargetGroup.Transition transition) {
        Target target = transition.target();
        return new StackEvent.TargetStateChanged(
                scheduler.instant(),
                target.name(),
                target.instanceId(),
                target.zone(),
                transition.from().state().word(),
                transition.to().state().word(),
                transition.to().reasonCode(),
                transition.to().description());
    }

    private synchronized void publish() {
        List<Measurement> measurements = metrics.drainBefore(scheduler.instant().minus(LOG_DELAY));
        if (!measurements.isEmpty()) {
            telemetry.measured(measurements);
        }
        publishHostCounts();
    }

    private void publishHostCounts() {
        Instant now = scheduler.instant();
        Map<String, int[]> zones = new TreeMap<>();
        int[] all = new int[2];
        group.health().forEach((target, health) -> {
            int[] zone = zones.computeIfAbsent(target.zone(), name -> new int[2]);
            switch (health.state()) {
                case HEALTHY -> {
                    zone[0]++;
                    all[0]++;
                }
                case UNHEALTHY -> {
                    zone[1]++;
                    all[1]++;
                }
                case INITIAL, DRAINING, UNUSED -> {
                    // ELB counts them as neither
                }
            }
        });
        List<Measurement> counts = new ArrayList<>(hostCounts(groupDimensions, all, now));
        zones.forEach((zone, count) -> {
            Map<String, String> dimensions = new TreeMap<>(groupDimensions);
            dimensions.put("AvailabilityZone", zone);
            counts.addAll(hostCounts(dimensions, count, now));
        });
        telemetry.measured(counts);
    }

    private static List<Measurement> hostCounts(Map<String, String> dimensions, int[] count, Instant now) {
        Instant second = now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        return List.of(
                Measurement.of(BalancerMetrics.NAMESPACE, "HealthyHostCount", dimensions, "Count", second, count[0]),
                Measurement.of(BalancerMetrics.NAMESPACE, "UnHealthyHostCount", dimensions, "Count", second, count[1]));
    }

    /** Every registered target with its health. */
    public synchronized Map<Target, TargetHealth> health() {
        return group.health();
    }

    /** The targets that nginx was last seen to serve. */
    public List<Target> serving() {
        return nginx.serving();
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (AutoCloseable part : running) {
            try {
                part.close();
            } catch (Exception ended) {
                // the access log's stream had ended with its container
            }
        }
        probe.close();
    }
}
