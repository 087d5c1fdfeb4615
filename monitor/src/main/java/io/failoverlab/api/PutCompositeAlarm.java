package io.failoverlab.api;

import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmRule;
import io.failoverlab.alarm.AlarmRuleException;
import io.failoverlab.alarm.AlarmRuleParser;
import io.failoverlab.alarm.CompositeCondition;
import io.failoverlab.alarm.Suppressor;
import io.failoverlab.metric.Scope;
import io.failoverlab.store.TagStore;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmResponse;

/** Creates or redefines an alarm on other alarms. */
final class PutCompositeAlarm implements Action<PutCompositeAlarmRequest, PutCompositeAlarmResponse> {
    private static final int MAX_SUPPRESSOR = 1600;

    private final InstantSource clock;
    private final TagStore tags;

    PutCompositeAlarm(InstantSource clock, TagStore tags) {
        this.clock = clock;
        this.tags = tags;
    }

    @Override
    public PutCompositeAlarmResponse answer(PutCompositeAlarmRequest request, CloudWatchRegion region) {
        AlarmInputs.define(read(request, region.scope()), request.tags(), tags, region);
        return PutCompositeAlarmResponse.builder().build();
    }

    /** @throws ApiException if the request alone is wrong; whether the alarms that it names exist is not asked */
    AlarmDefinition read(PutCompositeAlarmRequest request, Scope scope) {
        String name = AlarmInputs.name(request.alarmName());
        return new AlarmDefinition(
                name,
                scope.alarmArn(name),
                Optional.ofNullable(AlarmInputs.description(request.alarmDescription())),
                AlarmInputs.actions(request),
                new CompositeCondition(rule(request, scope), suppressor(request, scope)),
                clock.instant());
    }

    private static AlarmRule rule(PutCompositeAlarmRequest request, Scope scope) {
        try {
            return AlarmRuleParser.parse(Parameters.required(request.alarmRule(), "AlarmRule"), scope.alarmArn(""));
        } catch (AlarmRuleException e) {
            throw new ApiException(ErrorKind.VALIDATION, e.getMessage());
        }
    }

    /** CloudWatch wants all three or none. */
    private static Optional<Suppressor> suppressor(PutCompositeAlarmRequest request, Scope scope) {
        Integer wait = request.actionsSuppressorWaitPeriod();
        Integer extension = request.actionsSuppressorExtensionPeriod();
        String given = Parameters.length(request.actionsSuppressor(), "actionsSuppressor", MAX_SUPPRESSOR);
        if (given == null) {
            if (wait != null || extension != null) {
                throw ApiException.missing("ActionsSuppressor");
            }
            return Optional.empty();
        }
        return Optional.of(new Suppressor(
                given,
                suppressorName(given, scope),
                period(Parameters.required(wait, "ActionsSuppressorWaitPeriod"), "actionsSuppressorWaitPeriod"),
                period(
                        Parameters.required(extension, "ActionsSuppressorExtensionPeriod"),
                        "actionsSuppressorExtensionPeriod")));
    }

    private static String suppressorName(String given, Scope scope) {
        if (!given.startsWith("arn:")) {
            return given;
        }
        String prefix = scope.alarmArn("");
        if (!given.startsWith(prefix)) {
            throw new ApiException(
                    ErrorKind.VALIDATION,
                    "ActionsSuppressor must be an alarm of the same account and region, " + prefix + "NAME, found "
                            + given);
        }
        return given.substring(prefix.length());
    }

    private static int period(int seconds, String path) {
        if (seconds < 0) {
            throw ApiException.constraint(seconds, path, "have value greater than or equal to 0");
        }
        return seconds;
    }
}
