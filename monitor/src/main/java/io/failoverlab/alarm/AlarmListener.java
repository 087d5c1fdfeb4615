package io.failoverlab.alarm;

import java.util.List;

/** Told of what happens to alarms, in order and after it was saved. Must return at once: evaluation waits for it. */
public interface AlarmListener {
    /** It was created or redefined. */
    void defined(Alarm alarm);

    /**
     * In the order in which they happened, at the same moment: an alarm before those that watch it.
     *
     * @param transitions empty if nothing changed, but changes that waited to be saved are saved now, with their notifications
     */
    void changed(List<AlarmTransition> transitions);

    /**
     * The actions of the state that the alarm is in are to be performed: because it was entered, because what held them back is over,
     * or, for scaling policies, because a minute has passed. Notifications lie in the outbox already.
     */
    void act(Alarm alarm, List<AlarmAction> actions);

    void deleted(String alarmName);
}
