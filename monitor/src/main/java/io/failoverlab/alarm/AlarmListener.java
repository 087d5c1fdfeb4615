package io.failoverlab.alarm;

/** Told of every change of an alarm, in order and after it was saved. Must return at once: evaluation waits for it. */
public interface AlarmListener {
    /** It was created or redefined. */
    void defined(Alarm alarm);

    void changed(AlarmTransition transition);

    void deleted(String alarmName);
}
