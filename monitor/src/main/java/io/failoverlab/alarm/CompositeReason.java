package io.failoverlab.alarm;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a composite alarm is in its state, in the sentences that CloudWatch writes. */
final class CompositeReason {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEEE dd MMMM, yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    /** More would not be read. */
    private static final int CHILDREN_TOLD = 5;

    private CompositeReason() {}

    /**
     * @param children all that the rule names
     * @param changed those of them that changed in this moment, none if it was created or redefined
     */
    static AlarmStatus status(
            Alarm composite, AlarmState state, List<Alarm> children, List<Alarm> changed, Instant now) {
        return new AlarmStatus(
                state,
                changed.isEmpty() ? ofDefinition(composite, state) : ofChange(changed.getLast()),
                AlarmDocuments.triggeringAlarms(changed.isEmpty() ? children : changed)
                        .toString(),
                explanation(state, children),
                now);
    }

    private static String ofChange(Alarm child) {
        return child.definition().arn() + " transitioned to " + child.status().state() + " at "
                + DATE.format(child.status().since());
    }

    private static String ofDefinition(Alarm composite, AlarmState state) {
        boolean created = composite.status().state() == AlarmState.INSUFFICIENT_DATA;
        return composite.definition().arn() + (created ? " was created" : " was updated")
                + " and its alarm rule evaluates to " + state;
    }

    private static String explanation(AlarmState state, List<Alarm> children) {
        String told = children.stream()
                .limit(CHILDREN_TOLD)
                .map(child -> child.name() + " is " + child.status().state())
                .collect(Collectors.joining(", "));
        int more = children.size() - CHILDREN_TOLD;
        return "The rule is " + (state == AlarmState.ALARM) + (told.isEmpty() ? "" : ": " + told)
                + (more > 0 ? " and " + more + " more" : "");
    }
}
