package io.failoverlab.api;

import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;

/** Deletes alarms; their history stays. */
final class DeleteAlarms implements Action<DeleteAlarmsRequest, DeleteAlarmsResponse> {
    private static final int MAX_NAMES = 100;

    @Override
    public DeleteAlarmsResponse answer(DeleteAlarmsRequest request, CloudWatchRegion region) {
        List<String> names = request.alarmNames();
        if (names.isEmpty()) {
            throw ApiException.missing("AlarmNames");
        }
        if (names.size() > MAX_NAMES) {
            throw ApiException.constraint(names, "alarmNames", "have length less than or equal to " + MAX_NAMES);
        }
        region.alarms().delete(names);
        return DeleteAlarmsResponse.builder().build();
    }
}
