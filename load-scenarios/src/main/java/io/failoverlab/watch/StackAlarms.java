package io.failoverlab.watch;

import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * The alarms that every stack gets: an instance down, unhealthy hosts, a zone without healthy hosts, 5XX, latency, CPU.
 * Liveness counts missing data as breaching, since what is dead reports nothing; error counts count it as fine, since no
 * errors are not reported.
 *
 * <p>By the lab's clocks their periods are a second. By AWS's they are as long as the time between two datapoints there.
 */
public final class StackAlarms {
    private static final double CPU_PERCENT = 80;
    private static final double LATENCY_SECONDS = 0.5;
    // MySQL tells whole seconds and compares two clocks: of a replica that is level, a busy machine shows 2.
    private static final double LAG_SECONDS = 3;

    /** Of an alarm, in seconds; 1 and 5 are an extension of the monitor's timing {@code lab}. */
    private static final List<Integer> SHORT_PERIODS = List.of(1, 5, 10, 20, 30, 60);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * What is to be watched.
     *
     * @param instances by name, all that have status checks
     * @param zones letter and Availability Zone of all zones with targets
     * @param type of the balancer
     * @param loadBalancer value of the {@code LoadBalancer} dimension
     * @param targetGroup value of the {@code TargetGroup} dimension
     */
    public record Stack(
            Map<String, Instance> instances,
            Map<String, String> zones,
            BalancerType type,
            String loadBalancer,
            String targetGroup,
            Timing timing) {
        public Stack {
            instances = new LinkedHashMap<>(instances);
            zones = new LinkedHashMap<>(zones);
        }

        /** Where it does not matter which balancer there is. */
        private static Stack without(Timing timing) {
            return new Stack(Map.of(), Map.of(), BalancerType.APPLICATION, "", "", timing);
        }
    }

    /** An instance's id, and how often its metrics come. */
    public record Instance(String id, Monitoring monitoring) {}

    private final Stack stack;
    private final List<PutMetricAlarmRequest> alarms = new ArrayList<>();

    private StackAlarms(Stack stack) {
        this.stack = stack;
    }

    /** The alarms of one stack. */
    public static List<PutMetricAlarmRequest> of(Stack stack) {
        StackAlarms made = new StackAlarms(stack);
        stack.instances().forEach(made::addInstance);
        made.addBalancer();
        return List.copyOf(made.alarms);
    }

    /** The names of all alarms that a stack of that topology gets. */
    public static List<String> names(Topology topology) {
        Map<String, Instance> instances = new LinkedHashMap<>();
        topology.web().forEach(web -> instances.put(web.name(), new Instance("", web.monitoring())));
        topology.databaseServers().stream()
                .filter(StackAlarms::watches)
                .forEach(db -> instances.put(db.name(), new Instance("", Monitoring.BASIC)));
        Map<String, String> zones = new LinkedHashMap<>();
        topology.web().forEach(web -> zones.put(web.zone().letter(), web.zone().azName()));
        Timing timing = topology.loadBalancer().timing();
        List<PutMetricAlarmRequest> all = new ArrayList<>(
                of(new Stack(instances, zones, topology.loadBalancer().type(), "", "", timing)));
        if (watchesRedundancy(topology)) {
            all.add(exposed(topology.databaseIdentifier(), timing));
        }
        topology.readReplica().ifPresent(it -> all.addAll(ofReadReplica(it.name(), timing)));
        return all.stream().map(PutMetricAlarmRequest::alarmName).toList();
    }

    /** Whether the server has alarms: one that only a failover starts has nothing to report before. */
    public static boolean watches(DbInstance server) {
        return server.role() == DbInstance.Role.PRIMARY
                || server.options().redundancy().runs();
    }

    /** Whether there is the alarm {@link #exposed}: only a hot standby promises a second copy of what is acknowledged. */
    public static boolean watchesRedundancy(Topology topology) {
        return topology.hasStandby() && topology.primaryDatabase().options().redundancy() == Redundancy.HOT;
    }

    /** The alarms of one instance, which come and go with it. */
    public static List<PutMetricAlarmRequest> ofInstance(String name, Instance instance, Timing timing) {
        StackAlarms made = new StackAlarms(Stack.without(timing));
        made.addInstance(name, instance);
        return List.copyOf(made.alarms);
    }

    /** The alarm of a Multi-AZ database: there is only one copy of what is acknowledged. */
    public static PutMetricAlarmRequest exposed(String database, Timing timing) {
        return new StackAlarms(Stack.without(timing))
                .alarm(
                        database + "-exposed",
                        "writes have no second copy: semi-synchronous replication is off",
                        "FailoverLab/RDS",
                        "ReplicationExposed",
                        MINUTE)
                .dimensions(dimension("DBInstanceIdentifier", database))
                .statistic(Statistic.MAXIMUM)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .threshold(1.0)
                .evaluationPeriods(1)
                .treatMissingData("breaching")
                .build();
    }

    /** The alarms of a read replica: it is behind, or does not replicate. One that does not answer has others. */
    public static List<PutMetricAlarmRequest> ofReadReplica(String replica, Timing timing) {
        StackAlarms made = new StackAlarms(Stack.without(timing));
        return List.of(
                made.lag(replica, "-lag", "the read replica is behind its source")
                        .statistic(Statistic.MAXIMUM)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .threshold(LAG_SECONDS)
                        .build(),
                made.lag(replica, "-not-replicating", "replication is not active, which RDS tells by a lag of -1")
                        .statistic(Statistic.MINIMUM)
                        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                        .threshold(0.0)
                        .build());
    }

    /** Of two datapoints in a row: a second is nothing, and a restart of the source is over soon. */
    private PutMetricAlarmRequest.Builder lag(String replica, String suffix, String description) {
        return alarm(replica + suffix, description, "AWS/RDS", "ReplicaLag", MINUTE)
                .dimensions(dimension("DBInstanceIdentifier", replica))
                .evaluationPeriods(2)
                .treatMissingData("missing");
    }

    private void addInstance(String name, Instance instance) {
        Dimension id = dimension("InstanceId", instance.id());
        alarms.add(alarm(name + "-down", "the instance fails its status checks", "AWS/EC2", "StatusCheckFailed", MINUTE)
                .dimensions(id)
                .statistic(Statistic.MAXIMUM)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .threshold(1.0)
                .evaluationPeriods(1)
                .treatMissingData("breaching")
                .build());
        Duration every = instance.monitoring().every();
        boolean lab = stack.timing().clocks() == Timing.Clocks.LAB;
        // With less, an experiment would have to wait ten minutes for the alarm's first data.
        if (lab || period(every) <= MINUTE.toSeconds()) {
            alarms.add(alarm(name + "-cpu", "the instance's CPU is busy", "AWS/EC2", "CPUUtilization", every)
                    .dimensions(id)
                    .statistic(Statistic.AVERAGE)
                    .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                    .threshold(CPU_PERCENT)
                    // A datapoint of AWS's is a mean over a long time already.
                    .evaluationPeriods(lab ? 5 : 1)
                    .datapointsToAlarm(lab ? 4 : 1)
                    .treatMissingData("missing")
                    .build());
        }
    }

    private void addBalancer() {
        Dimension balancer = dimension("LoadBalancer", stack.loadBalancer());
        Dimension[] group = {balancer, dimension("TargetGroup", stack.targetGroup())};
        alarms.add(balancerAlarm("unhealthy-hosts", "a target is unhealthy", "UnHealthyHostCount", group)
                .statistic(Statistic.MAXIMUM)
                .treatMissingData("missing")
                .build());
        stack.zones()
                .forEach((letter, zone) -> alarms.add(balancerAlarm(
                                "zone-" + letter + "-unhealthy",
                                "no target of the zone is healthy",
                                "HealthyHostCount",
                                balancer,
                                group[1],
                                dimension("AvailabilityZone", zone))
                        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                        .statistic(Statistic.MINIMUM)
                        .treatMissingData("missing")
                        .build()));
        switch (stack.type()) {
            case APPLICATION -> addRequests(balancer, group);
            case NETWORK -> {
                // It knows of no requests.
            }
        }
    }

    private void addRequests(Dimension balancer, Dimension... group) {
        // What the balancer answers itself belongs to no target group.
        alarms.add(balancerAlarm(
                        "elb-5xx", "the balancer answers with errors of its own", "HTTPCode_ELB_5XX_Count", balancer)
                .statistic(Statistic.SUM)
                .treatMissingData("notBreaching")
                .build());
        alarms.add(balancerAlarm("target-5xx", "targets answer with errors", "HTTPCode_Target_5XX_Count", group)
                .statistic(Statistic.SUM)
                .treatMissingData("notBreaching")
                .build());
        alarms.add(balancerAlarm("latency", "targets are slow", "TargetResponseTime", group)
                .extendedStatistic("p99")
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .threshold(LATENCY_SECONDS)
                .evaluationPeriods(5)
                .datapointsToAlarm(3)
                .treatMissingData("notBreaching")
                .build());
    }

    private PutMetricAlarmRequest.Builder balancerAlarm(
            String name, String description, String metric, Dimension... dimensions) {
        return alarm(name, description, stack.type().namespace(), metric, MINUTE)
                .dimensions(dimensions)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .threshold(1.0)
                .evaluationPeriods(1);
    }

    /** @param every how often AWS publishes the metric */
    private PutMetricAlarmRequest.Builder alarm(
            String name, String description, String namespace, String metric, Duration every) {
        return PutMetricAlarmRequest.builder()
                .alarmName(name)
                .alarmDescription(description)
                .namespace(namespace)
                .metricName(metric)
                .period(period(every))
                .actionsEnabled(true);
    }

    /** The period of alarms on what AWS publishes every minute, the status checks among it. */
    public static Duration statusPeriod(Timing timing) {
        return Duration.ofSeconds(period(MINUTE, timing));
    }

    private int period(Duration every) {
        return period(every, stack.timing());
    }

    private static int period(Duration every, Timing timing) {
        return switch (timing.clocks()) {
            case LAB -> 1;
            case AWS -> period(every, timing.scale());
        };
    }

    /** The shortest period that CloudWatch takes and that has a datapoint each time, in seconds. */
    static int period(Duration every, int scale) {
        int wanted = (int) Math.ceilDiv(every.toSeconds(), scale);
        return IntStream.concat(
                        SHORT_PERIODS.stream().mapToInt(Integer::intValue),
                        IntStream.iterate(2 * 60, period -> period + 60))
                .filter(period -> period >= wanted)
                .findFirst()
                .orElseThrow();
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }
}
