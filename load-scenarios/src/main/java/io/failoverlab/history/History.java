package io.failoverlab.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that is known about one run; checks and reports are functions of it and of nothing else.
 *
 * @param events in the order of time, whatever order they were handed over in; events of one moment keep their order
 * @param requests the client's side, in the order in which the requests were due
 * @param items what the clients came to know of items, in the order in which they asked
 * @param damage what was missing or unreadable when the history was loaded, a sentence each; empty for a complete one
 */
public record History(
        RunInfo run,
        List<Event> events,
        List<RequestSample> requests,
        LedgerReading ledger,
        List<ItemVersion> items,
        List<String> damage) {

    public History {
        Require.present("run", run);
        events = events.stream().sorted(Comparator.comparing(Event::at)).toList();
        requests = requests.stream()
                .sorted(Comparator.comparing(RequestSample::start))
                .toList();
        Require.present("ledger", ledger);
        items = items.stream().sorted(Comparator.comparing(ItemVersion::start)).toList();
        damage = List.copyOf(damage);
    }

    /** A complete history of a run in which nobody looked at items. */
    public History(RunInfo run, List<Event> events, List<RequestSample> requests, LedgerReading ledger) {
        this(run, events, requests, ledger, List.of(), List.of());
    }

    /** The same run with other expectations: a change of them needs no new run. */
    public History withExpectations(Map<String, String> others) {
        return new History(run.withExpectations(others), events, requests, ledger, items, damage);
    }

    /** The events of one kind, in the order of time. */
    public <E extends Event> Stream<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
