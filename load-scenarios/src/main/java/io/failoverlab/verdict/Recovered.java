package io.failoverlab.verdict;

import io.failoverlab.history.Event;
import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * From the first fault to the moment from which on the expected number of targets was in service until the load ended, or
 * how many were in service then. What happens after the load, such as the lab cleaning up, does not count.
 */
final class Recovered implements Check {

    @Override
    public Finding find(History history) {
        Optional<Duration> fault =
                history.events(FaultInjected.class).map(Event::at).findFirst();
        if (fault.isEmpty()) {
            return Finding.missing("no fault was injected");
        }
        int expected = history.run().topology().expectedInService();
        Duration end = Windows.endOfLoad(history);
        List<InService.Step> steps = InService.steps(history, end).stream()
                .filter(step -> step.at().compareTo(fault.get()) >= 0)
                .toList();
        int lastBelow = steps.size() - 1;
        while (lastBelow >= 0 && steps.get(lastBelow).count() >= expected) {
            lastBelow--;
        }
        if (lastBelow < 0) {
            return Finding.missing("no target left service after the fault, so nothing had to recover");
        }
        return lastBelow < steps.size() - 1
                ? recovered(fault.get(), steps.get(lastBelow + 1))
                : degraded(new Measurement.Degraded(steps.getLast().count(), expected, end.minus(fault.get())));
    }

    private static Finding recovered(Duration fault, InService.Step back) {
        return new Finding(
                new Measurement.Time(back.at().minus(fault)),
                AfterFault.line(back.at(), back.count() + " in service again"),
                List.of());
    }

    private static Finding degraded(Measurement.Degraded degraded) {
        return new Finding(
                degraded,
                degraded.inService() + " of " + degraded.expected() + " in service when the load ended, "
                        + Wording.moment(degraded.watched()) + " after the fault; nothing replaced what was lost",
                List.of());
    }
}
