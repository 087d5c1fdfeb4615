package io.failoverlab.alarm;

import io.failoverlab.alarm.Suppression.Pending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Everything that changes at one moment: first metric alarms, then the composite alarms on them, each once and after all that it
 * watches, then what is to be done. It is saved as one and told in the same order.
 */
final class AlarmBatch {
    private final AlarmIndex index;
    private final Supplier<String> ids;
    private final Instant now;

    private final Map<WatchedAlarm, Entered> entered = new LinkedHashMap<>();
    private final Map<WatchedAlarm, Pending> acting = new LinkedHashMap<>();
    /** Those whose suppression changed, though their state may not have. */
    private final Set<WatchedAlarm> touched = new LinkedHashSet<>();

    private record Entered(String id, AlarmStatus from) {}

    AlarmBatch(AlarmIndex index, Supplier<String> ids, Instant now) {
        this.index = index;
        this.ids = ids;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** Puts an alarm into another state, once in a batch at most. */
    void enter(WatchedAlarm watched, AlarmStatus to) {
        entered.put(watched, new Entered(ids.get(), watched.alarm().status()));
        touched.add(watched);
        watched.become(watched.alarm().in(to));
    }

    /**
     * Evaluates composite alarms: these, and all above whatever changed.
     *
     * @param defined created or redefined in this moment
     */
    void settle(Set<WatchedAlarm> defined) {
        Queue<WatchedAlarm> open =
                new PriorityQueue<>(Comparator.comparingInt(this::height).thenComparing(WatchedAlarm::name));
        Set<WatchedAlarm> known = new LinkedHashSet<>();
        for (WatchedAlarm composite : defined) {
            offer(composite, open, known);
            index.tree().parents(composite.name()).forEach(parent -> offer(parent, open, known));
        }
        for (WatchedAlarm changed : entered.keySet()) {
            index.tree().parents(changed.name()).forEach(parent -> offer(parent, open, known));
        }
        while (!open.isEmpty()) {
            WatchedAlarm composite = open.remove();
            evaluate(composite);
            if (entered.containsKey(composite)) {
                index.tree().parents(composite.name()).forEach(parent -> offer(parent, open, known));
            }
        }
    }

    private int height(WatchedAlarm composite) {
        return index.tree().height(composite.name()).orElseThrow();
    }

    private void offer(WatchedAlarm composite, Queue<WatchedAlarm> open, Set<WatchedAlarm> known) {
        if (index.tree().height(composite.name()).isPresent() && known.add(composite)) {
            open.add(composite);
        }
    }

    private void evaluate(WatchedAlarm composite) {
        AlarmRule rule = AlarmTree.condition(composite).rule();
        AlarmState state = rule.holds(this::state) ? AlarmState.ALARM : AlarmState.OK;
        if (state != composite.state()) {
            List<Alarm> changed = entered.keySet().stream()
                    .filter(alarm -> rule.children().contains(alarm.name()))
                    .map(WatchedAlarm::alarm)
                    .toList();
            List<Alarm> children = rule.children().stream()
                    .map(index::named)
                    .filter(Objects::nonNull) // one may have been lost with a damaged store
                    .map(WatchedAlarm::alarm)
                    .toList();
            enter(composite, CompositeReason.status(composite.alarm(), state, children, changed, now));
        }
    }

    private AlarmState state(String name) {
        WatchedAlarm alarm = index.named(name);
        return alarm == null ? AlarmState.INSUFFICIENT_DATA : alarm.state();
    }

    /** Finds what is to be done now and what has to wait. */
    void decideActions() {
        Set<WatchedAlarm> suppressible = new LinkedHashSet<>();
        entered.forEach((watched, how) -> {
            suppressible.addAll(index.tree().suppressedBy(watched.name()));
            if (suppressor(watched).isPresent()) {
                suppressible.add(watched);
            } else if (watched.alarm().definition().actions().enabled()) {
                acting.put(watched, new Pending(how.id(), how.from().state()));
            }
        });
        suppressible.forEach(
                composite -> suppress(composite, suppressor(composite).orElseThrow()));
    }

    /** Performs what has waited long enough. */
    void timePasses() {
        index.tree().withSuppressor().stream()
                .filter(composite -> composite.alarm().suppression().isPresent())
                .forEach(composite -> suppress(composite, suppressor(composite).orElseThrow()));
    }

    private static Optional<Suppressor> suppressor(WatchedAlarm watched) {
        return watched.alarm().definition().condition() instanceof CompositeCondition composite
                ? composite.suppressor()
                : Optional.empty();
    }

    private void suppress(WatchedAlarm composite, Suppressor suppressor) {
        Optional<Suppression> before = composite.alarm().suppression();
        Optional<Suppression> after = before;
        WatchedAlarm suppressing = index.named(suppressor.alarmName());
        boolean inAlarm = suppressing != null && suppressing.state() == AlarmState.ALARM;
        if (entered.containsKey(suppressing)) {
            after = after.map(waiting -> suppressor.suppressorChanged(waiting, inAlarm, now));
        }
        Entered how = entered.get(composite);
        if (how != null) {
            Pending pending = new Pending(how.id(), how.from().state());
            after = composite.alarm().definition().actions().enabled()
                    ? Optional.of(suppressor.changed(inAlarm, pending, now))
                    : Optional.empty();
        }
        after = after.map(waiting -> suppressor.corrected(waiting, now));
        if (after.isPresent() && after.get().isOver(now)) {
            if (composite.alarm().definition().actions().enabled()) {
                acting.put(composite, after.get().pending());
            }
            after = Optional.empty();
        }
        if (!after.equals(before)) {
            composite.become(composite.alarm().with(after));
            touched.add(composite);
        }
    }

    boolean isEmpty() {
        return touched.isEmpty();
    }

    /** What is to be saved, in the order in which it happened. */
    List<AlarmChange> changes() {
        return touched.stream().map(this::change).toList();
    }

    private AlarmChange change(WatchedAlarm watched) {
        Alarm alarm = watched.alarm();
        List<HistoryItem> items = new ArrayList<>();
        Entered how = entered.get(watched);
        if (how != null) {
            items.add(HistoryItems.stateUpdate(how.id(), alarm, how.from()));
        }
        Pending pending = acting.get(watched);
        if (pending == null) {
            return new AlarmChange(alarm, items, Optional.empty());
        }
        String message = AlarmNotification.of(alarm, pending).toString();
        for (AlarmAction action : actions(alarm)) {
            items.add(HistoryItems.action(ids.get(), alarm, action, message, now));
        }
        return new AlarmChange(alarm, items, Optional.of(message));
    }

    /** What listeners are told of. */
    List<AlarmTransition> transitions() {
        List<AlarmTransition> all = new ArrayList<>();
        entered.forEach((watched, how) -> all.add(new AlarmTransition(
                how.id(),
                watched.alarm().definition(),
                how.from(),
                watched.alarm().status(),
                watched.alarm().suppression())));
        return all;
    }

    /** The alarms whose actions are to be performed now. */
    Set<WatchedAlarm> acting() {
        return acting.keySet();
    }

    /** Of the state that it is in. */
    static List<AlarmAction> actions(Alarm alarm) {
        return alarm.definition().actions().of(alarm.status().state()).stream()
                .flatMap(arn -> AlarmAction.of(arn).stream())
                .toList();
    }
}
