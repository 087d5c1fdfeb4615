package io.failoverlab.explain;

import io.failoverlab.autoscaling.RefreshPreferences;
import io.failoverlab.comparison.StatedAvailability;
import io.failoverlab.comparison.Structure;
import io.failoverlab.document.DurationText;
import io.failoverlab.ec2.CpuCredits;
import io.failoverlab.ec2.InstanceState;
import io.failoverlab.fault.FaultKind;
import io.failoverlab.fault.Faults;
import io.failoverlab.rds.BackupSchedule;
import io.failoverlab.rds.Backups;
import io.failoverlab.rds.FailoverClocks;
import io.failoverlab.rds.RdsEvent;
import io.failoverlab.topology.BackupPolicy;
import io.failoverlab.topology.Flow;
import io.failoverlab.topology.Forwarding;
import io.failoverlab.topology.GroupClocks;
import io.failoverlab.topology.HealthCheck;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.StorageSize;
import io.failoverlab.topology.Subnet;
import io.failoverlab.topology.TargetGroupAttributes;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The numbers of the explanations that the code has: taken from it, so that they cannot drift apart. */
final class Figures {
    private static final String DEFAULT_PATTERN = "two-web-one-db";

    private final Map<String, String> found = new TreeMap<>();
    private final Topology plan = TopologyFile.named(DEFAULT_PATTERN);

    private Figures() {}

    /** Value by name, in words. */
    static Map<String, String> ofTheCode() {
        Figures figures = new Figures();
        figures.network();
        figures.instances();
        figures.balancer();
        figures.group();
        figures.database();
        figures.availability();
        return Map.copyOf(figures.found);
    }

    private void network() {
        put("vpc", plan.vpc());
        put("zones", plan.zones().stream().map(zone -> zone.azName()).collect(Collectors.joining(" and ")));
        for (Subnet subnet : plan.subnets()) {
            put("subnet." + subnet.name(), subnet.cidr());
        }
        Subnet web = plan.subnet("web-a");
        put("subnet.size", web.cidr().size());
        put("subnet.capacity", web.capacity());
        put("subnet.reserved", web.cidr().size() - web.capacity());
        put("web.address", plan.node("web-1a").interfaces().getFirst().address());
        put("flows", plan.flows().stream().map(Flow::toString).collect(Collectors.joining(", ")));
        put(
                "flows.multi-az",
                of("two-web-multi-az").flows().stream().map(Flow::toString).collect(Collectors.joining(", ")));
        put("web.most", Topology.MAX_WEB);
    }

    private void instances() {
        put(
                "instance.states",
                Arrays.stream(InstanceState.values()).map(InstanceState::word).collect(Collectors.joining(", ")));
        put(
                "instance.types",
                Arrays.stream(InstanceType.values())
                        .map(type ->
                                "%s %d vCPU, %d GiB".formatted(type.awsName(), type.vcpus(), type.memoryBytes() >> 30))
                        .collect(Collectors.joining("; ")));
        put("cores-per-vcpu", plan.cores(InstanceType.M5_LARGE) / InstanceType.M5_LARGE.vcpus());
        put(
                "credits.earned",
                Arrays.stream(InstanceType.values())
                        .filter(type -> CpuCredits.earnedPerHour(type) > 0)
                        .map(type -> type.awsName() + " " + CpuCredits.earnedPerHour(type))
                        .collect(Collectors.joining(", ")));
        put(
                "credits.most",
                Arrays.stream(InstanceType.values())
                        .filter(type -> CpuCredits.earnedPerHour(type) > 0)
                        .map(type -> type.awsName() + " " + CpuCredits.most(type))
                        .collect(Collectors.joining(", ")));
        put("monitoring.basic", Monitoring.BASIC.every());
        put("monitoring.detailed", Monitoring.DETAILED.every());
        put("stress.processes", standard("cpu-stress", "yes"));
        put("stress.limit", FaultKind.DEFAULT_LIMIT);
        put("faults", String.join(", ", Faults.names()));
        put("scale.most", Timing.MAX_SCALE);
    }

    /** What a parameter of a fault is where nothing is said. */
    private static String standard(String fault, String parameter) {
        return Faults.kind(fault).parameters().stream()
                .filter(it -> it.name().equals(parameter))
                .findFirst()
                .orElseThrow()
                .fallback();
    }

    private void balancer() {
        check("elb.", HealthCheck.ELB_DEFAULT);
        check("lab.", plan.loadBalancer().healthCheck());
        put("check.interval.least", HealthCheck.MIN_INTERVAL);
        put("check.interval.most", HealthCheck.MAX_INTERVAL);
        put("check.timeout.least", HealthCheck.MIN_TIMEOUT);
        put("check.timeout.most", HealthCheck.MAX_TIMEOUT);
        put("check.threshold.least", HealthCheck.MIN_THRESHOLD);
        put("check.threshold.most", HealthCheck.MAX_THRESHOLD);
        TargetGroupAttributes group = plan.loadBalancer().targetGroup();
        put("elb.deregistration-delay", TargetGroupAttributes.AWS_DELAY);
        put("lab.deregistration-delay", group.deregistrationDelay());
        put("deregistration-delay.most", TargetGroupAttributes.MAX_DELAY);
        put("slow-start.most", TargetGroupAttributes.MAX_SLOW_START);
        put("stickiness.most", TargetGroupAttributes.MAX_STICKINESS.toDays() + " days");
        forwarding("elb.", Forwarding.ALB_DEFAULT);
        forwarding("lab.", plan.loadBalancer().forwarding());
        put("idle-timeout.most", Forwarding.MAX);
        put("lab.port", plan.loadBalancer().listenerPort());
    }

    private void check(String of, HealthCheck check) {
        put(of + "interval", check.interval());
        put(of + "timeout", check.timeout());
        put(of + "healthy-threshold", check.healthyThreshold());
        put(of + "unhealthy-threshold", check.unhealthyThreshold());
        // The failed probes of a target that died right after it passed one, and the wait for the last of them.
        put(
                of + "detected-within",
                check.interval().multipliedBy(check.unhealthyThreshold()).plus(check.timeout()));
    }

    private void forwarding(String of, Forwarding forwarding) {
        put(of + "connect-timeout", forwarding.connectTimeout());
        put(of + "idle-timeout", forwarding.idleTimeout());
    }

    private void group() {
        clocks("aws.", GroupClocks.AWS_DEFAULT);
        clocks("lab.", GroupClocks.LAB_DEFAULT);
        put("hook.most", LifecycleHook.MAX_HEARTBEAT);
        put("refresh.least", RefreshPreferences.AWS_DEFAULT.minHealthyPercentage() + " %");
        put("refresh.most", RefreshPreferences.AWS_DEFAULT.maxHealthyPercentage() + " %");
    }

    private void clocks(String of, GroupClocks clocks) {
        put(of + "grace-period", clocks.gracePeriod());
        put(of + "cooldown", clocks.cooldown());
        put(of + "warmup", clocks.warmup());
    }

    private void database() {
        FailoverClocks lab = FailoverClocks.of(Timing.LAB);
        put("failover.check-every", lab.checkEvery());
        put("failover.misses", lab.misses());
        put(
                "failover.least",
                FailoverClocks.of(new Timing(Timing.Clocks.AWS, 1)).least());
        put("db.class", plan.databases().getFirst().type().dbClass());
        put("db.port", Flow.DB_PORT);
        put("snapshots.most", Backups.MAX_MANUAL);
        put("backup.days", BackupPolicy.DEFAULT.retentionDays());
        put("backup.days.most", BackupPolicy.MAX_RETENTION_DAYS);
        put("backup.window", BackupPolicy.DEFAULT.windowLength());
        put("aws.logs-every", logsEvery(new Timing(Timing.Clocks.AWS, 1)));
        put("lab.logs-every", logsEvery(Timing.LAB));
        put("storage.least", StorageSize.print(StorageSize.LEAST));
        put("storage.most", StorageSize.print(StorageSize.MOST));
        put("redundancies", String.join(", ", Redundancy.labels()));
        put("event.failover-started", RdsEvent.FAILOVER_STARTED.id());
        put("event.failover-to-standby", RdsEvent.FAILOVER_TO_STANDBY.id());
        put("event.failover-completed", RdsEvent.FAILOVER_COMPLETED.id());
        put("event.failover-abandoned", RdsEvent.FAILOVER_ABANDONED.id());
        put("event.multi-az", RdsEvent.MULTI_AZ_FINISHED.id());
        put("event.storage-exhausted", RdsEvent.STORAGE_EXHAUSTED.id());
    }

    private static Duration logsEvery(Timing timing) {
        return BackupSchedule.of(timing, Instant.EPOCH).logInterval();
    }

    private void availability() {
        StatedAvailability stated = StatedAvailability.AWS;
        put("stated.balancer", percent(stated.balancer()));
        put("stated.web", percent(stated.web()));
        put("stated.database", percent(stated.database()));
        for (String pattern : TopologyFile.patterns()) {
            put("stated." + pattern, percent(Structure.of(of(pattern)).availability(stated)));
        }
    }

    private static Topology of(String pattern) {
        return TopologyFile.named(pattern);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4f", 100 * share)
                        .replaceAll("0+$", "")
                        .replaceAll("\\.$", "") + " %";
    }

    private void put(String name, Object value) {
        String words = value instanceof Duration duration ? DurationText.print(duration) : value.toString();
        if (found.put(name, words) != null) {
            throw new IllegalStateException("expected one figure of each name, found two of " + name);
        }
    }
}
