package io.failoverlab.api;

import io.failoverlab.alarm.AlarmEngine;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;

/** Deletes alarms; their history stays. */
final class DeleteAlarms implements Action<DeleteAlarmsRequest, DeleteAlarmsResponse> {
    private static final int MAX_NAMES = 100;

    private final AlarmEngine alarms;

    DeleteAlarms(AlarmEngine alarms) {
        this.alarms = alarms;
    }

    @Override
    public DeleteAlarmsResponse answer(DeleteAlarmsRequest request, Scope scope) {
        List<String> names = request.alarmNames();
        if (names.isEmpty()) {
            throw ApiException.missing("AlarmNames");
        }
        if (names.size() > MAX_NAMES) {
            throw ApiException.constraint(names, "alarmNames", "have length less than or equal to " + MAX_NAMES);
        }
        alarms.delete(names);
        return DeleteAlarmsResponse.builder().build();
    }
}
