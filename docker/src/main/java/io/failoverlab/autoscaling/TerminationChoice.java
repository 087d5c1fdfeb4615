package io.failoverlab.autoscaling;

import io.failoverlab.topology.TerminationPolicy;
import io.failoverlab.topology.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which instance goes when there are too many (EC2 Auto Scaling guide, "Configure termination policies"): one of the zone
 * that has the most, among those the one that the policies name. Pure.
 */
final class TerminationChoice {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Comparator<Member> OLDEST = Comparator.comparingInt(member -> member.order);

    private final List<TerminationPolicy> policies;

    TerminationChoice(List<TerminationPolicy> policies) {
        this.policies = policies;
    }

    /**
     * @param candidates that may go
     * @param all that count for the zones
     */
    Optional<Member> choose(List<Member> candidates, List<Member> all, Instant now) {
        Map<Zone, Integer> counts = new HashMap<>();
        all.forEach(member -> counts.merge(member.zone, 1, Integer::sum));
        int most = candidates.stream()
                .mapToInt(member -> counts.getOrDefault(member.zone, 0))
                .max()
                .orElse(0);
        List<Member> left = candidates.stream()
                .filter(member -> counts.getOrDefault(member.zone, 0) == most)
                .toList();
        for (TerminationPolicy policy : policies) {
            left = apply(policy, left, now);
        }
        return left.stream().min(OLDEST);
    }

    private static List<Member> apply(TerminationPolicy policy, List<Member> members, Instant now) {
        return switch (policy) {
            case DEFAULT -> closestToNextHour(ofOldestTemplate(members), now);
            case OLDEST_LAUNCH_CONFIGURATION -> members;
            case OLDEST_LAUNCH_TEMPLATE -> ofOldestTemplate(members);
            case CLOSEST_TO_NEXT_INSTANCE_HOUR -> closestToNextHour(members, now);
            case OLDEST_INSTANCE -> members.stream().min(OLDEST).stream().toList();
            case NEWEST_INSTANCE -> members.stream().max(OLDEST).stream().toList();
        };
    }

    private static List<Member> ofOldestTemplate(List<Member> members) {
        int oldest = members.stream().mapToInt(member -> member.version).min().orElse(0);
        return members.stream().filter(member -> member.version == oldest).toList();
    }

    private static List<Member> closestToNextHour(List<Member> members, Instant now) {
        long longest = members.stream()
                .mapToLong(member -> intoItsHour(member, now))
                .max()
                .orElse(0);
        return members.stream()
                .filter(member -> intoItsHour(member, now) == longest)
                .toList();
    }

    /** In seconds, as the hour is billed. */
    private static long intoItsHour(Member member, Instant now) {
        return Duration.between(member.launchedAt, now).toSeconds() % HOUR.toSeconds();
    }
}
