package io.failoverlab.fis;

import io.failoverlab.fis.Plan.PlannedAction;
import io.failoverlab.history.AlarmState;
import java.util.Map;

/** What acts on the stack. Called from several threads. */
public interface Effects {
    /**
     * Carries an action out, and returns once it is in effect.
     *
     * @return what was seen, in words
     * @throws RuntimeException in words, if it cannot be done or took no effect
     */
    String begin(PlannedAction action);

    /**
     * The action's time is over: undoes what is to be undone then, and returns once it is.
     *
     * @return what was seen, in words; may be empty
     * @throws RuntimeException in words, if that cannot be done
     */
    String end(PlannedAction action);

    /**
     * Undoes everything that the experiment has done and can be undone, also what is only being done now.
     *
     * @return what was undone, in words
     * @throws RuntimeException in words, if something of it is not undone or not known to be
     */
    String undoAll();

    /** The states of all alarms, by name. */
    Map<String, AlarmState> alarms();
}
