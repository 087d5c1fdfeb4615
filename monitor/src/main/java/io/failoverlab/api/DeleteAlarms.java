package io.failoverlab.api;

import io.failoverlab.store.TagStore;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;

/** Deletes alarms and their tags; their history stays. */
final class DeleteAlarms implements Action<DeleteAlarmsRequest, DeleteAlarmsResponse> {
    private final TagStore tags;

    DeleteAlarms(TagStore tags) {
        this.tags = tags;
    }

    @Override
    public DeleteAlarmsResponse answer(DeleteAlarmsRequest request, CloudWatchRegion region) {
        List<String> names = request.alarmNames();
        if (names.isEmpty()) {
            throw ApiException.missing("AlarmNames");
        }
        AlarmInputs.names(names);
        AlarmInputs.refusable(() -> region.alarms().delete(names));
        names.forEach(name -> tags.forget(region.scope().alarmArn(name)));
        return DeleteAlarmsResponse.builder().build();
    }
}
