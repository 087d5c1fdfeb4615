package io.failoverlab.verdict;

import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The delay from a fault to something that follows it. Of several faults the one with the longest delay counts. What happens
 * after the end of the load is the lab cleaning up and no reaction to a fault.
 */
final class AfterFault {

    /** What followed a fault. */
    record Reaction(Duration at, String text) {}

    private AfterFault() {}

    /**
     * @param faults those that are to be followed by a reaction; not empty
     * @param reaction the first reaction to a fault
     */
    static Finding longest(
            History history, List<FaultInjected> faults, Function<FaultInjected, Optional<Reaction>> reaction) {
        List<String> lines = new ArrayList<>();
        Duration end = Windows.endOfLoad(history);
        Duration longest = Duration.ZERO;
        for (FaultInjected fault : faults) {
            lines.add(line(fault.at(), fault.fault() + " of " + fault.instance()));
            Optional<Reaction> found =
                    reaction.apply(fault).filter(after -> after.at().compareTo(end) <= 0);
            if (found.isEmpty()) {
                Duration watched = end.minus(fault.at());
                return new Finding(
                        new Measurement.Never(watched),
                        "nothing followed " + fault.fault() + " of " + fault.instance() + " in the "
                                + Wording.moment(watched) + " to the end of the load",
                        List.of());
            }
            lines.add(line(found.get().at(), found.get().text()));
            Duration delay = found.get().at().minus(fault.at());
            longest = delay.compareTo(longest) > 0 ? delay : longest;
        }
        return new Finding(new Measurement.Time(longest), String.join("; ", lines), List.of());
    }

    static String line(Duration at, String text) {
        return Wording.exactMoment(at) + " " + text;
    }
}
