package io.failoverlab.api;

import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsResponse;

/** EnableAlarmActions and DisableAlarmActions: whether alarms that change tell anybody. */
final class ActionsSwitch {
    private ActionsSwitch() {}

    static EnableAlarmActionsResponse enable(EnableAlarmActionsRequest request, CloudWatchRegion region) {
        region.alarms().enableActions(names(request.alarmNames()), true);
        return EnableAlarmActionsResponse.builder().build();
    }

    static DisableAlarmActionsResponse disable(DisableAlarmActionsRequest request, CloudWatchRegion region) {
        region.alarms().enableActions(names(request.alarmNames()), false);
        return DisableAlarmActionsResponse.builder().build();
    }

    private static List<String> names(List<String> names) {
        if (names.isEmpty()) {
            throw ApiException.missing("AlarmNames");
        }
        return AlarmInputs.names(names);
    }
}
