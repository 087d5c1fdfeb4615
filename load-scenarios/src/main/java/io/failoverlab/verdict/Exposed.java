package io.failoverlab.verdict;

import io.failoverlab.history.Event.DatabaseEvent;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How long, until the load ended, a Multi-AZ database had no standby with every acknowledged write, in all: from the RDS event that
 * tells of a failover, of a lost standby or of a database that is down, to the one that tells of a completed recovery. Every moment
 * of a failover counts, although nothing can be lost before the new primary takes its first write.
 */
final class Exposed implements Check {
    private static final Set<String> BEGIN = Set.of("RDS-EVENT-0004", "RDS-EVENT-0013", "RDS-EVENT-0052");
    private static final String END = "RDS-EVENT-0053";

    /** A time with one copy; it has no end if it lasted when the load ended. */
    private record Stretch(Duration from, Optional<Duration> to) {}

    @Override
    public boolean appliesTo(History history) {
        return history.events(DatabaseEvent.class).anyMatch(event -> BEGIN.contains(event.id()));
    }

    @Override
    public Finding find(History history) {
        Duration end = Windows.endOfLoad(history);
        List<Stretch> stretches = stretches(history, end);
        if (stretches.isEmpty()) {
            return Finding.missing("no event told that a Multi-AZ database lost its standby or failed over");
        }
        Duration all = stretches.stream()
                .map(stretch -> stretch.to().orElse(end).minus(stretch.from()))
                .reduce(Duration.ZERO, Duration::plus);
        boolean lasts = stretches.getLast().to().isEmpty();
        return new Finding(
                lasts ? new Measurement.Never(all) : new Measurement.Time(all),
                lasts ? "there was no standby when the load ended" : "there was a standby again when the load ended",
                stretches.stream().map(Exposed::text).toList());
    }

    private static List<Stretch> stretches(History history, Duration end) {
        List<Stretch> stretches = new ArrayList<>();
        Optional<Duration> since = Optional.empty();
        for (DatabaseEvent event : history.events(DatabaseEvent.class).toList()) {
            if (event.at().compareTo(end) > 0) {
                break;
            }
            if (BEGIN.contains(event.id()) && since.isEmpty()) {
                since = Optional.of(event.at());
            } else if (event.id().equals(END) && since.isPresent()) {
                stretches.add(new Stretch(since.get(), Optional.of(event.at())));
                since = Optional.empty();
            }
        }
        since.ifPresent(from -> stretches.add(new Stretch(from, Optional.empty())));
        return stretches;
    }

    private static String text(Stretch stretch) {
        return "from " + Wording.exactMoment(stretch.from())
                + stretch.to().map(to -> " to " + Wording.exactMoment(to)).orElse(" on");
    }
}
