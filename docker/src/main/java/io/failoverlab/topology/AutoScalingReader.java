package io.failoverlab.topology;

import io.failoverlab.document.Field;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import io.failoverlab.document.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the section {@code auto-scaling} of a topology. */
final class AutoScalingReader {
    private final Section section;
    private final Field<Integer> min;
    private final Field<Integer> max;
    private final Field<Integer> desired;

    AutoScalingReader(Section section) {
        this.section = section;
        this.min = section.integer("min", 0, Topology.MAX_WEB);
        this.max = section.integer("max", 1, Topology.MAX_WEB);
        this.desired = section.integer("desired", 1, Topology.MAX_WEB);
    }

    /** How many web servers there are at the start, if the section says so. */
    Optional<Integer> desired() {
        return desired.value();
    }

    /** @param web how many web servers the topology has */
    AutoScaling read(int web) {
        String name = section.parsed("name", Names.FORM, Names::require).orElse("web");
        if (desired.sound() && desired.orElse(web) != web) {
            desired.reject(
                    "as many web servers as web has, " + web, desired.get().toString(), "name only one of them");
        }
        int least = min.orElse(Math.min(1, web));
        int most = max.orElse(Math.max(2 * web, least));
        if (min.sound() && max.sound() && (least > web || web > most)) {
            (least > web ? min : max)
                    .reject("min <= desired <= max", "min %d, desired %d, max %d".formatted(least, web, most), "");
            least = Math.min(least, web);
            most = Math.max(most, web);
        }
        HealthCheckType type =
                section.oneOf("health-check-type", HealthCheckType.class).orElse(HealthCheckType.ELB);
        GroupClocks clocks = clocks();
        WarmPool read = warmPool(section.section("warm-pool"));
        Optional<WarmPool> pool = section.keys().contains("warm-pool") ? Optional.of(read) : Optional.empty();
        List<TerminationPolicy> terminations = terminationPolicies();
        Set<String> names = new HashSet<>();
        List<ScalingPolicy> policies = new ArrayList<>();
        section.sections("policies").forEach(it -> policy(it, names).ifPresent(policies::add));
        List<ScheduledAction> schedule = new ArrayList<>();
        Set<String> actionNames = new HashSet<>();
        section.sections("schedule").forEach(it -> scheduled(it, actionNames).ifPresent(schedule::add));
        section.rejectUnknownKeys();
        return new AutoScaling(
                name,
                Math.min(least, web),
                Math.max(most, web),
                web,
                type,
                clocks,
                pool,
                terminations,
                policies,
                schedule,
                List.of());
    }

    /** Refuses a maximum that the subnets have no addresses for. */
    void requireRoom(Topology topology) {
        try {
            topology.autoScaling().map(AutoScaling::max).ifPresent(topology::withWeb);
        } catch (InvalidInput full) {
            Problem first = full.problems().getFirst();
            max.reject(
                    first.expected(),
                    first.found() + " at the maximum of "
                            + topology.autoScaling().orElseThrow().max(),
                    "lower auto-scaling.max or take a larger subnet");
        }
    }

    private GroupClocks clocks() {
        GroupClocks lab = GroupClocks.LAB_DEFAULT;
        return new GroupClocks(
                duration("health-check-grace-period", lab.gracePeriod()),
                duration("default-cooldown", lab.cooldown()),
                duration("instance-warmup", lab.warmup()),
                duration("impaired-wait", lab.impairedWait()),
                lab.launchRetry(),
                lab.metricPeriod());
    }

    private Duration duration(String key, Duration standard) {
        return section.duration(key, Duration.ZERO, GroupClocks.MAX).orElse(standard);
    }

    private static WarmPool warmPool(Section section) {
        int minSize = section.integer("min-size", 0, Topology.MAX_WEB).orElse(0);
        WarmPool.State state = section.oneOf("state", WarmPool.State.class).orElse(WarmPool.State.STOPPED);
        OptionalInt prepared = number(section.integer("max-prepared", 0, Topology.MAX_WEB));
        section.rejectUnknownKeys();
        return new WarmPool(minSize, state, prepared);
    }

    private List<TerminationPolicy> terminationPolicies() {
        section.rejectEmptyList("termination-policies");
        List<TerminationPolicy> read = section
                .parsedList(
                        "termination-policies",
                        "one of default, oldest-instance, newest-instance, oldest-launch-template",
                        it -> TerminationPolicy.valueOf(
                                it.toUpperCase(java.util.Locale.ROOT).replace('-', '_')))
                .stream()
                .flatMap(it -> it.value().stream())
                .toList();
        return read.isEmpty() ? List.of(TerminationPolicy.DEFAULT) : read;
    }

    /** The kinds of policies, as the file names them. */
    private enum Kind {
        SIMPLE,
        STEP,
        TARGET_TRACKING
    }

    private static Optional<ScalingPolicy> policy(Section section, Set<String> names) {
        Field<String> name = name(section, names);
        Field<Kind> kind = section.oneOf("type", Kind.class).required();
        Optional<ScalingPolicy> policy = kind.value().flatMap(it -> switch (it) {
            case SIMPLE -> simple(section, name);
            case STEP -> step(section, name);
            case TARGET_TRACKING -> tracking(section, name);
        });
        if (kind.sound()) {
            section.rejectUnknownKeys();
        }
        return policy.filter(it -> name.sound());
    }

    private static Field<String> name(Section section, Set<String> names) {
        Field<String> name = section.parsed("name", Names.FORM, Names::require).required();
        name.value().filter(it -> !names.add(it)).ifPresent(it -> name.reject("each name once", "a second " + it, ""));
        return name;
    }

    private static Optional<ScalingPolicy> simple(Section section, Field<String> name) {
        Field<Duration> cooldown = section.duration("cooldown", Duration.ZERO, GroupClocks.MAX);
        Optional<Adjustment> adjustment = adjustment(section, type(section));
        return name.value().flatMap(it -> adjustment.map(how -> new ScalingPolicy.Simple(it, how, cooldown.value())));
    }

    private static Optional<ScalingPolicy> step(Section section, Field<String> name) {
        Adjustment.Type type = type(section);
        List<ScalingPolicy.Range> ranges = new ArrayList<>();
        section.sections("steps").forEach(it -> range(it, type).ifPresent(ranges::add));
        if (ranges.isEmpty() || !name.sound()) {
            name.value().ifPresent(it -> name.reject("at least one step for " + it, "none", "add steps"));
            return Optional.empty();
        }
        try {
            return name.value().map(it -> new ScalingPolicy.Step(it, ranges));
        } catch (IllegalArgumentException overlap) {
            name.reject("steps without common values for " + name.get(), ranges.toString(), "");
            return Optional.empty();
        }
    }

    private static Optional<ScalingPolicy.Range> range(Section section, Adjustment.Type type) {
        Field<Double> lower = section.decimal("lower", -1e9, 1e9);
        Field<Double> upper = section.decimal("upper", -1e9, 1e9);
        Optional<Adjustment> adjustment = adjustment(section, type);
        section.rejectUnknownKeys();
        double from = lower.orElse(Double.NEGATIVE_INFINITY);
        double to = upper.orElse(Double.POSITIVE_INFINITY);
        if (!(from < to)) {
            lower.reject("a lower bound below the upper one of " + to, Double.toString(from), "");
            return Optional.empty();
        }
        return adjustment.map(it -> new ScalingPolicy.Range(from, to, it));
    }

    private static Optional<ScalingPolicy> tracking(Section section, Field<String> name) {
        Field<ScalingPolicy.Metric> metric = section.oneOf(
                        "metric",
                        java.util.Map.of(
                                ScalingPolicy.Metric.ASG_AVERAGE_CPU_UTILIZATION.awsName(),
                                ScalingPolicy.Metric.ASG_AVERAGE_CPU_UTILIZATION,
                                ScalingPolicy.Metric.ALB_REQUEST_COUNT_PER_TARGET.awsName(),
                                ScalingPolicy.Metric.ALB_REQUEST_COUNT_PER_TARGET))
                .required();
        Field<Double> target = section.decimal("target", 0.001, 1e9).required();
        boolean onlyOut = section.flag("disable-scale-in").orElse(false);
        return name.value()
                .flatMap(it -> metric.value()
                        .flatMap(what -> target.value()
                                .map(value -> new ScalingPolicy.TargetTracking(it, what, value, onlyOut))));
    }

    private static Adjustment.Type type(Section section) {
        return section.oneOf("adjustment-type", Adjustment.Type.class).orElse(Adjustment.Type.CHANGE_IN_CAPACITY);
    }

    private static Optional<Adjustment> adjustment(Section section, Adjustment.Type type) {
        int lowest = type == Adjustment.Type.EXACT_CAPACITY ? 0 : -Topology.MAX_WEB;
        Field<Integer> amount =
                section.integer("adjustment", lowest, Topology.MAX_WEB).required();
        int magnitude = section.integer("min-magnitude", 1, Topology.MAX_WEB).orElse(1);
        return amount.value().map(it -> new Adjustment(type, it, magnitude));
    }

    private static Optional<ScheduledAction> scheduled(Section section, Set<String> names) {
        Field<String> name = name(section, names);
        Field<Duration> at =
                section.duration("at", Duration.ZERO, Duration.ofDays(1)).required();
        OptionalInt min = number(section.integer("min", 0, Topology.MAX_WEB));
        OptionalInt max = number(section.integer("max", 1, Topology.MAX_WEB));
        OptionalInt desired = number(section.integer("desired", 0, Topology.MAX_WEB));
        section.rejectUnknownKeys();
        if (min.isEmpty() && max.isEmpty() && desired.isEmpty()) {
            at.reject("min, max or desired for a scheduled action", "none", "");
            return Optional.empty();
        }
        return name.value().flatMap(it -> at.value().map(time -> new ScheduledAction(it, time, min, max, desired)));
    }

    private static OptionalInt number(Field<Integer> field) {
        return field.value().stream().mapToInt(it -> it).findFirst();
    }
}
