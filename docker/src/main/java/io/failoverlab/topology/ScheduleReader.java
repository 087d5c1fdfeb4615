package io.failoverlab.topology;

import io.failoverlab.document.Field;
import io.failoverlab.document.Section;
import io.failoverlab.topology.ScheduledAction.When;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the list {@code schedule} of a group. */
final class ScheduleReader {
    private static final String TIME = "a time such as 2026-03-01T08:30:00Z";

    private ScheduleReader() {}

    static List<ScheduledAction> read(Section group) {
        Set<String> names = new HashSet<>();
        List<ScheduledAction> schedule = new ArrayList<>();
        group.sections("schedule").forEach(it -> action(it, names).ifPresent(schedule::add));
        return schedule;
    }

    private static Optional<ScheduledAction> action(Section section, Set<String> names) {
        Field<String> name = Names.unique(section, names);
        Optional<When> when = when(section, name);
        OptionalInt min = number(section.integer("min", 0, Topology.MAX_WEB));
        OptionalInt max = number(section.integer("max", 1, Topology.MAX_WEB));
        OptionalInt desired = number(section.integer("desired", 0, Topology.MAX_WEB));
        section.rejectUnknownKeys();
        if (min.isEmpty() && max.isEmpty() && desired.isEmpty()) {
            if (name.sound()) {
                name.reject("min, max or desired for a scheduled action", "none", "");
            }
            return Optional.empty();
        }
        return name.value().flatMap(it -> when.map(time -> new ScheduledAction(it, time, min, max, desired)));
    }

    /** One of three ways: after the start of the group, once, or again and again. */
    private static Optional<When> when(Section section, Field<String> name) {
        List<String> ways = section.keys().stream()
                .filter(Set.of("at", "start-time", "recurrence")::contains)
                .toList();
        Field<Duration> at = section.duration("at", Duration.ZERO, Duration.ofDays(1));
        Field<Instant> start = section.parsed("start-time", TIME, Instant::parse);
        Field<Instant> end = section.parsed("end-time", TIME, Instant::parse);
        Field<Recurrence> recurrence = section.parsed("recurrence", Recurrence.FORM, Recurrence::new);
        Field<ZoneId> zone =
                section.parsed("time-zone", "a time zone such as Europe/Berlin or Etc/UTC", ScheduleReader::zone);
        boolean onlyOnce = !ways.contains("recurrence");
        if (ways.isEmpty() || ways.contains("at") && ways.size() > 1) {
            if (name.sound()) {
                name.reject(
                        "a time: at (after the start of the group), or start-time, or recurrence with or without"
                                + " start-time and end-time",
                        ways.isEmpty() ? "none" : String.join(" and ", ways),
                        "");
            }
            return Optional.empty();
        }
        if (onlyOnce && (end.value().isPresent() || zone.value().isPresent())) {
            (end.value().isPresent() ? end : zone).reject("a recurrence with it", "none", "");
            return Optional.empty();
        }
        if (start.sound()
                && end.sound()
                && start.value().isPresent()
                && end.value().isPresent()
                && !start.get().isBefore(end.get())) {
            end.reject(
                    "an end-time after the start-time, " + start.get(),
                    end.get().toString(),
                    "");
            return Optional.empty();
        }
        return at.value()
                .<When>map(When.After::new)
                .or(() -> onlyOnce
                        ? start.value().map(When.At::new)
                        : recurrence
                                .value()
                                .map(it -> new When.Recurring(
                                        it, zone.orElse(ZoneOffset.UTC), start.value(), end.value())));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (java.time.DateTimeException unknown) {
            throw new IllegalArgumentException(text, unknown);
        }
    }

    private static OptionalInt number(Field<Integer> field) {
        return field.value().stream().mapToInt(it -> it).findFirst();
    }
}
