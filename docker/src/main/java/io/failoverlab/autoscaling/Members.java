package io.failoverlab.autoscaling;

import io.failoverlab.topology.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The instances of a group and of its warm pool, oldest first, until they are terminated. */
final class Members {
    private static final Pattern NUMBERED = Pattern.compile("web-(\\d{1,9})([a-z])");

    private final Map<String, Member> byName = new LinkedHashMap<>();
    /** The highest number that was ever used, by the letter of the zone: a name never comes back. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private int joined;

    void add(Member member) {
        byName.put(member.name, member);
        Matcher numbered = NUMBERED.matcher(member.name);
        if (numbered.matches()) {
            numbers.merge(numbered.group(2), Integer.parseInt(numbered.group(1)), Math::max);
        }
    }

    void remove(Member member) {
        byName.remove(member.name);
    }

    int nextOrder() {
        return joined++;
    }

    /** Above every number that the zone has had. */
    int nextNumber(Zone zone) {
        return numbers.getOrDefault(zone.letter(), 0) + 1;
    }

    Optional<Member> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<Member> all() {
        return byName.values();
    }

    List<Member> where(Predicate<Member> condition) {
        List<Member> found = new ArrayList<>();
        for (Member member : byName.values()) {
            if (condition.test(member)) {
                found.add(member);
            }
        }
        return found;
    }

    int count(Predicate<Member> condition) {
        int count = 0;
        for (Member member : byName.values()) {
            if (condition.test(member)) {
                count++;
            }
        }
        return count;
    }

    int in(LifecycleState state) {
        return count(member -> member.is(state));
    }

    /** How many instances there are, or soon will be. */
    int capacity() {
        return count(member -> member.state().countsAsCapacity());
    }
}
