package io.failoverlab.topology;

import io.failoverlab.document.Field;
import io.failoverlab.document.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the list {@code policies} of a group. */
final class ScalingPolicyReader {
    private ScalingPolicyReader() {}

    static List<ScalingPolicy> read(Section group) {
        Set<String> names = new HashSet<>();
        List<ScalingPolicy> policies = new ArrayList<>();
        group.sections("policies").forEach(it -> policy(it, names).ifPresent(policies::add));
        return policies;
    }

    /** The kinds of policies, as the file names them. */
    private enum Kind {
        SIMPLE,
        STEP,
        TARGET_TRACKING
    }

    private static Optional<ScalingPolicy> policy(Section section, Set<String> names) {
        Field<String> name = Names.unique(section, names);
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
                        Map.of(
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
}
