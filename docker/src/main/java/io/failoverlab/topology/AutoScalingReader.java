package io.failoverlab.topology;

import io.failoverlab.document.Field;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import io.failoverlab.document.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads the section {@code auto-scaling} of a topology. */
final class AutoScalingReader {
    private static final String ALLOCATION_STRATEGY = "allocation-strategy";

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
        }
        GroupSize size = new GroupSize(Math.min(least, web), web, Math.max(most, web));
        HealthCheckType type =
                section.oneOf("health-check-type", HealthCheckType.class).orElse(HealthCheckType.ELB);
        GroupClocks clocks = clocks();
        WarmPool read = warmPool(section.section("warm-pool"));
        Optional<WarmPool> pool = section.keys().contains("warm-pool") ? Optional.of(read) : Optional.empty();
        List<TerminationPolicy> terminations = terminationPolicies();
        GroupRules rules = new GroupRules(
                ScalingPolicyReader.read(section), ScheduleReader.read(section), LifecycleHookReader.read(section));
        section.rejectUnknownKeys();
        return new AutoScaling(name, size, type, clocks, pool, terminations, rules);
    }

    /** Refuses a maximum and a warm pool that the subnets have no addresses for. */
    void requireRoom(Topology topology) {
        topology.autoScaling().ifPresent(group -> requireRoom(topology, group));
    }

    private void requireRoom(Topology topology, AutoScaling group) {
        int most = group.mostInstances();
        try {
            topology.withWeb(most);
        } catch (InvalidInput full) {
            Problem first = full.problems().getFirst();
            boolean withPool = most > group.size().max();
            max.reject(
                    first.expected(),
                    first.found() + " at the maximum of " + group.size().max()
                            + (withPool ? " with a warm pool, " + most + " in all" : ""),
                    "lower auto-scaling.max " + (withPool ? "or the warm pool, " : "") + "or take a larger subnet");
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
        OptionalInt prepared = section.integer("max-prepared", 0, Topology.MAX_WEB).value().stream()
                .mapToInt(it -> it)
                .findFirst();
        boolean reuse = section.flag("reuse-on-scale-in").orElse(false);
        section.rejectUnknownKeys();
        return new WarmPool(minSize, state, prepared, reuse);
    }

    private List<TerminationPolicy> terminationPolicies() {
        section.rejectEmptyList("termination-policies");
        List<Field<String>> read = section.parsedList(
                "termination-policies", "one of " + String.join(", ", words()), AutoScalingReader::requirePolicy);
        List<TerminationPolicy> policies = new ArrayList<>();
        for (Field<String> word : read) {
            if (word.value().filter(ALLOCATION_STRATEGY::equals).isPresent()) {
                word.reject(
                        "a policy that has a meaning without Spot (" + String.join(", ", words()) + ")",
                        ALLOCATION_STRATEGY,
                        "");
            } else {
                word.value().ifPresent(it -> policies.add(TerminationPolicy.values()[words().indexOf(it)]));
            }
        }
        return policies.isEmpty() ? List.of(TerminationPolicy.DEFAULT) : policies;
    }

    private static String requirePolicy(String word) {
        if (!words().contains(word) && !word.equals(ALLOCATION_STRATEGY)) {
            throw new IllegalArgumentException("expected one of " + words() + ", found " + word);
        }
        return word;
    }

    private static List<String> words() {
        return Stream.of(TerminationPolicy.values())
                .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
