package io.failoverlab.experiment;

import io.failoverlab.history.InstanceRole;
import io.failoverlab.history.RunInfo;
import io.failoverlab.topology.AutoScaling;
import io.failoverlab.topology.Forwarding;
import io.failoverlab.topology.GroupClocks;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.Retry;
import io.failoverlab.topology.ScalingPolicy;
import io.failoverlab.topology.SemiSync;
import io.failoverlab.topology.TargetGroupAttributes;
import io.failoverlab.topology.Tier;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.Zone;
import io.failoverlab.watch.StackAlarms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes down what was run and with what, for the head of the history. */
final class RunDescription {
    private RunDescription() {}

    /** @param ids instance id by name, of the stack as it was brought up */
    static RunInfo of(Experiment experiment, ExperimentRunner.Options options, Map<String, String> ids, Instant start) {
        return new RunInfo(
                options.run(),
                start,
                options.repeatCommand(),
                new RunInfo.ExperimentInfo(
                        experiment.name(),
                        experiment.description(),
                        load(experiment.load()),
                        experiment.injections().stream()
                                .flatMap(it -> it.instances().stream()
                                        .map(instance -> new RunInfo.PlannedFault(
                                                it.fault().name(), instance, it.at())))
                                .toList(),
                        experiment.expectations()),
                topology(experiment.topology(), ids),
                new RunInfo.HostInfo(Runtime.getRuntime().availableProcessors(), Memory.ofHost(), options.versions()));
    }

    private static RunInfo.LoadPlan load(Experiment.Load load) {
        Duration ramp = load.rates().ramp();
        Duration risen = ramp.compareTo(load.unjudged()) < 0 ? ramp : load.unjudged();
        return new RunInfo.LoadPlan(
                load.own().map(own -> RunInfo.LoadPlan.OWN + own.className()).orElse(load.simulation()),
                load.rate(),
                risen,
                load.unjudged().minus(risen),
                load.duration(),
                load.rates().isSteady() ? "" : load.rates().summary());
    }

    private static RunInfo.TopologyInfo topology(Topology topology, Map<String, String> ids) {
        return new RunInfo.TopologyInfo(
                topology.name(),
                summary(topology),
                balancer(topology.loadBalancer()),
                topology.loadBalancer().timing().toString(),
                clocks(topology),
                topology.nodes().stream()
                        .map(node -> new RunInfo.InstanceInfo(
                                node.name(), ids.get(node.name()), role(node.tier()), zone(topology, node)))
                        .toList(),
                topology.web().size());
    }

    private static String summary(Topology topology) {
        String zones = topology.zones().stream().map(Zone::letter).collect(Collectors.joining(" and "));
        int web = topology.web().size();
        int databases = topology.databases().size();
        return web + (web == 1 ? " web server" : " web servers") + ", " + databases
                + (databases == 1 ? " database" : " database servers (Multi-AZ, " + policy(topology) + ")")
                + (topology.readReplica().isPresent() ? " with a read replica" : "")
                + ", zones " + zones;
    }

    private static String policy(Topology topology) {
        Redundancy standby = topology.primaryDatabase().options().redundancy();
        return switch (standby) {
            case HOT ->
                "semi-sync " + topology.primaryDatabase().semiSync().name().toLowerCase(Locale.ROOT);
            case WARM, COLD, COLD_SNAPSHOT -> standby.label() + " standby";
        };
    }

    private static String balancer(LoadBalancer balancer) {
        String nginx = switch (balancer.balancing()) {
            case TUNED -> "nginx, retry " + balancer.forwarding().retry().name().toLowerCase(Locale.ROOT);
            case NGINX_DEFAULT -> "nginx-default";
        };
        return switch (balancer.type()) {
            case APPLICATION -> nginx;
            case NETWORK -> RunInfo.TopologyInfo.NETWORK + ", " + nginx;
        };
    }

    /** What is used beside what AWS has; by AWS's clocks the same, divided by the scale. */
    static List<RunInfo.ClockSetting> clocks(Topology topology) {
        Stream<RunInfo.ClockSetting> ofDatabase = topology.hasStandby()
                ? Stream.of(new RunInfo.ClockSetting(
                        "Writes without a standby",
                        writesWithoutStandby(topology.primaryDatabase().semiSync()),
                        writesWithoutStandby(SemiSync.FALLBACK)))
                : Stream.empty();
        Timing timing = topology.loadBalancer().timing();
        Stream<RunInfo.ClockSetting> ofName =
                Stream.of(clock("Database address kept", timing.endpointTtl(), Timing.AWS_ENDPOINT_TTL));
        return Stream.of(
                        clocks(topology.loadBalancer()).stream(),
                        ofName,
                        ofDatabase,
                        topology.autoScaling().stream().flatMap(RunDescription::clocks))
                .flatMap(it -> it)
                .toList();
    }

    private static Stream<RunInfo.ClockSetting> clocks(AutoScaling group) {
        GroupClocks used = group.clocks();
        GroupClocks aws = GroupClocks.AWS_DEFAULT;
        List<RunInfo.ClockSetting> clocks = new ArrayList<>(List.of(
                clock("Grace period", used.gracePeriod(), aws.gracePeriod()),
                clock("Cooldown", used.cooldown(), aws.cooldown()),
                clock("Instance warm-up", used.warmup(), aws.warmup()),
                clock("Impaired until replaced", used.impairedWait(), aws.impairedWait()),
                clock("Pause after a failed launch", used.launchRetry(), aws.launchRetry()),
                clock("Target tracking period", used.metricPeriod(), aws.metricPeriod())));
        for (ScalingPolicy policy : group.rules().policies()) {
            if (policy instanceof ScalingPolicy.Simple(String name, var adjustment, Optional<Duration> cooldown)) {
                cooldown.ifPresent(it -> clocks.add(clock("Cooldown of " + name, it, aws.cooldown())));
            }
        }
        for (LifecycleHook hook : group.rules().hooks()) {
            clocks.add(clock("Heartbeat of " + hook.name(), hook.heartbeat(), LifecycleHook.AWS_HEARTBEAT));
        }
        return clocks.stream();
    }

    private static String writesWithoutStandby(SemiSync policy) {
        return switch (policy) {
            case BLOCK -> "wait (block)";
            case FALLBACK -> "go on (fallback)";
        };
    }

    private static List<RunInfo.ClockSetting> clocks(LoadBalancer balancer) {
        HealthCheck used = balancer.healthCheck();
        HealthCheck aws = used.awsDefault(balancer.type());
        List<RunInfo.ClockSetting> ofChecks = List.of(
                clock("Health check interval", used.interval(), aws.interval()),
                clock("Health check time-out", used.timeout(), aws.timeout()),
                new RunInfo.ClockSetting(
                        "Unhealthy threshold",
                        used.unhealthyThreshold() + " checks",
                        aws.unhealthyThreshold() + " checks"),
                new RunInfo.ClockSetting(
                        "Healthy threshold", used.healthyThreshold() + " checks", aws.healthyThreshold() + " checks"),
                clock(
                        "Deregistration delay",
                        balancer.targetGroup().deregistrationDelay(),
                        TargetGroupAttributes.AWS_DELAY));
        return Stream.of(
                        ofChecks,
                        ofForwarding(balancer),
                        List.of(clock(
                                "Alarm period", StackAlarms.statusPeriod(balancer.timing()), Duration.ofSeconds(60))))
                .flatMap(List::stream)
                .toList();
    }

    private static List<RunInfo.ClockSetting> ofForwarding(LoadBalancer balancer) {
        Forwarding forwarding = balancer.forwarding();
        return switch (balancer.type()) {
            case APPLICATION ->
                List.of(
                        new RunInfo.ClockSetting(
                                "Retry policy",
                                forwarding.retry().name().toLowerCase(Locale.ROOT),
                                Retry.ALB.name().toLowerCase(Locale.ROOT)),
                        clock("Slow start", balancer.targetGroup().slowStart(), Duration.ZERO),
                        clock("Connect time-out", forwarding.connectTimeout(), Forwarding.ALB_DEFAULT.connectTimeout()),
                        tryTimeout(forwarding),
                        clock("Idle time-out", forwarding.idleTimeout(), Forwarding.ALB_DEFAULT.idleTimeout()));
            case NETWORK ->
                List.of(
                        // There the client's own: a Network Load Balancer hands its packets on.
                        new RunInfo.ClockSetting("Connect time-out", seconds(forwarding.connectTimeout()), "none"),
                        clock("Idle time-out", forwarding.idleTimeout(), Forwarding.NETWORK_IDLE));
        };
    }

    /** An Application Load Balancer has no next target to try. */
    private static RunInfo.ClockSetting tryTimeout(Forwarding forwarding) {
        String here = switch (forwarding.retry()) {
            case IDEMPOTENT, SAFE -> seconds(forwarding.perTryTimeout());
            case ALB, NONE -> "none";
        };
        return new RunInfo.ClockSetting("Per-try time-out", here, "none");
    }

    private static RunInfo.ClockSetting clock(String name, Duration used, Duration aws) {
        return new RunInfo.ClockSetting(name, seconds(used), seconds(aws));
    }

    private static String seconds(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static InstanceRole role(Tier tier) {
        return switch (tier) {
            case WEB -> InstanceRole.WEB;
            case DB -> InstanceRole.DATABASE;
            case ELB -> InstanceRole.LOAD_BALANCER;
        };
    }

    private static String zone(Topology topology, Node node) {
        return topology.subnet(node.primary().subnet()).zone().azName();
    }
}
