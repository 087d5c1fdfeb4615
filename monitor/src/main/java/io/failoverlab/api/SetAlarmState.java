package io.failoverlab.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.alarm.AlarmState;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;

/** Puts an alarm into a state, to try its actions out; its next evaluation finds the real one again. */
final class SetAlarmState implements Action<SetAlarmStateRequest, SetAlarmStateResponse> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public SetAlarmStateResponse answer(SetAlarmStateRequest request, CloudWatchRegion region) {
        String name = Parameters.required(request.alarmName(), "AlarmName");
        AlarmState state = DescribeAlarms.state(Parameters.required(request.stateValueAsString(), "StateValue"));
        String reason = Parameters.required(request.stateReason(), "StateReason");
        String data = request.stateReasonData() == null ? "" : request.stateReasonData();
        requireJson(data);
        if (!region.alarms().setState(name, state, reason, data)) {
            throw new ApiException(ErrorKind.RESOURCE_NOT_FOUND, "");
        }
        return SetAlarmStateResponse.builder().build();
    }

    /** It becomes part of other JSON documents. */
    private static void requireJson(String data) {
        try {
            JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new ApiException(
                    ErrorKind.VALIDATION, "StateReasonData must be a JSON document: " + e.getOriginalMessage());
        }
    }
}
