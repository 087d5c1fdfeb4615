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

    private static final int MAX_REASON = 1023;
    private static final int MAX_REASON_DATA = 4000;

    @Override
    public SetAlarmStateResponse answer(SetAlarmStateRequest request, CloudWatchRegion region) {
        String name = Parameters.length(
                Parameters.required(request.alarmName(), "AlarmName"), "alarmName", AlarmInputs.MAX_NAME);
        AlarmState state = DescribeAlarms.state(Parameters.required(request.stateValueAsString(), "StateValue"));
        if (request.stateReason() == null) {
            throw ApiException.missing("StateReason");
        }
        String reason = Parameters.length(request.stateReason(), "stateReason", 0, MAX_REASON);
        String data = request.stateReasonData() == null
                ? ""
                : Parameters.length(request.stateReasonData(), "stateReasonData", 0, MAX_REASON_DATA);
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
