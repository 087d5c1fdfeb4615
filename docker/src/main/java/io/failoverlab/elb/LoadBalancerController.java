package io.failoverlab.elb;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.LoadBalancer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Does for nginx what its free edition leaves out: active health checks, target states, and taking dead targets out of
 * rotation. Health is decided by {@link TargetGroup} and brought to nginx by {@link TargetRegistry}.
 */
public final class LoadBalancerController implements AutoCloseable {
    /** The access log of a second is usually complete this long after its end. */
    private static final Duration LOG_DELAY = Duration.ofMillis(300);

    /** How long closing waits for the last lines of the access log, if requests go on. */
    private static final Duration LAST_LINES_LIMIT = Duration.ofSeconds(2);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final TargetRegistry registry;
    private final NginxProcess nginx;
    private final BalancerMetrics metrics;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final BalancerDimensions dimensions;
    private final BalancerType type;
    private final ObjectMapper json = new ObjectMapper();
    private final List<AutoCloseable> running = new ArrayList<>();
    private EngineContainer balancer;
    private AutoCloseable accessLog = () -> {};
    private Optional<NginxStatus> lastStatus = Optional.empty();
    private volatile Instant lastLineAt = Instant.MIN;
    private volatile boolean closed;

    /**
     * @param dimensions of its metrics
     * @param identified whether targets tell who they are, so that a check passes only at the right one
     */
    public LoadBalancerController(
            NginxProcess nginx,
            LoadBalancer model,
            BalancerDimensions dimensions,
            boolean identified,
            LabScheduler scheduler,
            Telemetry telemetry) {
        this.nginx = nginx;
        this.registry = new TargetRegistry(
                nginx,
                model,
                new HealthProbe(model.healthCheck(), identified),
                scheduler,
                telemetry,
                this::publishHostCounts);
        this.metrics = new BalancerMetrics(dimensions);
        this.dimensions = dimensions;
        this.type = model.type();
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    /** Begins to read the access log and to publish metrics, and registers the targets. */
    public synchronized void start(List<Target> targets, EngineContainer container) {
        targets.forEach(metrics::register);
        targets.forEach(registry::registerStarting);
        begin(container, Instant.EPOCH);
    }

    /** As {@link #start}, for targets that are in service already; what was logged before is not counted again. */
    public synchronized void takeOver(List<Target> targets, EngineContainer container) {
        targets.forEach(metrics::register);
        registry.takeOver(targets);
        begin(container, scheduler.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private void begin(EngineContainer container, Instant logSince) {
        registry.start();
        balancer = container;
        followAccessLog(logSince);
        running.add(scheduler.every(INTERVAL, this::publish));
        running.add(scheduler.every(INTERVAL, this::readStatus));
    }

    /** The engine reports that the balancer runs again: the stream of its access log had ended with it. */
    public synchronized void balancerStarted(Instant at) {
        nginx.restarted();
        if (balancer != null && !closed) {
            closeQuietly(accessLog);
            followAccessLog(at.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    private void followAccessLog(Instant since) {
        accessLog = balancer.followOutput(
                since,
                line -> AccessLogEntry.parse(json, line)
                        .filter(entry -> !entry.at().isBefore(since))
                        .ifPresent(entry -> {
                            lastLineAt = scheduler.instant();
                            metrics.add(entry, registry.failsOpen());
                        }));
    }

    /** Adds a target; it gets requests as soon as it passes a health check. */
    public void register(Target target) {
        metrics.register(target);
        registry.register(target);
    }

    /**
     * Begins to take a target out: no new requests, those under way end. It is gone from {@link #health} when they have,
     * or after the deregistration delay.
     */
    public void deregister(String name) {
        registry.deregister(name);
    }

    /**
     * The engine reports an instance's end long before a health check can fail.
     *
     * @param asked whether somebody stopped it
     */
    public void instanceEnded(String name, boolean asked, String exitCode) {
        if (asked) {
            registry.instanceStopped(name);
        } else {
            registry.instanceGone(name, Absence.DEAD, "the instance died (exit code " + exitCode + ")");
        }
    }

    /** The engine reports that an instance's processes do nothing any more. */
    public void instanceFrozen(String name) {
        registry.instanceGone(name, Absence.FROZEN, "the instance's processes are frozen");
    }

    /** The engine reports that an instance runs again. */
    public void instanceBack(String name) {
        registry.instanceBack(name);
    }

    private synchronized void publish() {
        publishRequests(scheduler.instant().minus(LOG_DELAY));
        publishHostCounts();
    }

    private void publishRequests(Instant end) {
        List<Measurement> measurements = metrics.drainBefore(end, registry.inRotation());
        if (!measurements.isEmpty()) {
            telemetry.measured(measurements);
        }
    }

    private void readStatus() {
        Optional<NginxStatus> status = nginx.status();
        Instant second = scheduler.instant().truncatedTo(ChronoUnit.SECONDS);
        List<Measurement> counts = new ArrayList<>();
        synchronized (this) {
            status.ifPresent(now -> {
                now.counts(type, lastStatus)
                        .forEach((name, value) -> counts.add(measurement(name, dimensions.balancer(), second, value)));
            });
            // Where it did not answer it may start anew, and count from zero.
            lastStatus = status;
        }
        if (!counts.isEmpty()) {
            telemetry.measured(counts);
        }
    }

    private Measurement measurement(String name, Map<String, String> set, Instant second, double value) {
        return Measurement.of(type.namespace(), name, set, "Count", second, value)
                .withCadence(BalancerMetrics.CADENCE);
    }

    private void publishHostCounts() {
        Instant second = scheduler.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<String, int[]> zones = new TreeMap<>();
        int[] all = new int[2];
        registry.health().forEach((target, health) -> {
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
        List<Measurement> counts = new ArrayList<>(hostCounts(dimensions.group(), all, second));
        zones.forEach((zone, count) -> counts.addAll(hostCounts(dimensions.group(zone), count, second)));
        telemetry.measured(counts);
    }

    private List<Measurement> hostCounts(Map<String, String> set, int[] count, Instant second) {
        return List.of(
                measurement("HealthyHostCount", set, second, count[0]),
                measurement("UnHealthyHostCount", set, second, count[1]));
    }

    /** When a target is checked for the first time at or after a moment; empty if it is not checked. */
    public Optional<Instant> nextCheck(String name, Instant from) {
        return registry.nextCheck(name, from);
    }

    /** Every registered target with its health. */
    public Map<Target, TargetHealth> health() {
        return registry.health();
    }

    /** The names of the targets that are healthy and that nginx was last seen to serve. */
    public Set<String> inService() {
        Map<Target, TargetHealth> health = registry.health();
        return nginx.serving().stream()
                .filter(target ->
                        health.containsKey(target) && health.get(target).state() == TargetState.HEALTHY)
                .map(Target::name)
                .collect(Collectors.toSet());
    }

    /** Stops, and publishes the requests of the last second too. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            running.forEach(LoadBalancerController::closeQuietly);
        }
        scheduler.pause(LOG_DELAY);
        scheduler.await(
                LAST_LINES_LIMIT,
                () -> scheduler.instant().isAfter(lastLineAt.plus(LOG_DELAY)) ? Optional.of(true) : Optional.empty());
        synchronized (this) {
            closeQuietly(accessLog);
            publishRequests(Instant.MAX);
        }
        registry.close();
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception ended) {
            // the access log's stream had ended with its container
        }
    }
}
