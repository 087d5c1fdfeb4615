package io.failoverlab.api;

import io.failoverlab.alarm.Alarm;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmState;
import io.failoverlab.alarm.AlarmType;
import io.failoverlab.alarm.CompositeCondition;
import io.failoverlab.alarm.MetricCondition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Lists alarms with their states, by name; metric alarms only, unless asked for others. */
final class DescribeAlarms implements Action<DescribeAlarmsRequest, DescribeAlarmsResponse> {
    private static final int DEFAULT_PAGE = 50;
    private static final int MAX_ACTION_PREFIX = 1024;

    @Override
    public DescribeAlarmsResponse answer(DescribeAlarmsRequest request, CloudWatchRegion region) {
        check(request);
        List<Alarm> found = region.alarms().alarms().stream()
                .filter(matching(request, region))
                .toList();
        int size = Parameters.maxRecords(
                request.maxRecords(), request.hasAlarmNames() ? AlarmInputs.MAX_NAMES : DEFAULT_PAGE);
        String asked =
                request.toBuilder().nextToken(null).maxRecords(null).build().toString();
        Pages.Page<Alarm> page = new Pages("DescribeAlarms", asked, size).page(found, Alarm::name, request.nextToken());
        List<MetricAlarm> metric = new ArrayList<>();
        List<CompositeAlarm> composite = new ArrayList<>();
        for (Alarm alarm : page.records()) {
            switch (alarm.definition().condition()) {
                case MetricCondition condition ->
                    metric.add(isFamily(request) ? related(alarm, request) : AlarmAnswers.metric(alarm, condition));
                case CompositeCondition condition ->
                    composite.add(
                            isFamily(request)
                                    ? relatedComposite(alarm, request)
                                    : AlarmAnswers.composite(alarm, condition));
            }
        }
        return DescribeAlarmsResponse.builder()
                .metricAlarms(metric)
                .compositeAlarms(composite)
                .nextToken(page.nextToken())
                .build();
    }

    private static void check(DescribeAlarmsRequest request) {
        if (request.hasAlarmNames() && request.alarmNamePrefix() != null) {
            throw ApiException.exclusive("AlarmNames", "AlarmNamePrefix");
        }
        AlarmInputs.names(request.alarmNames());
        Parameters.length(request.alarmNamePrefix(), "alarmNamePrefix", AlarmInputs.MAX_NAME);
        Parameters.length(request.childrenOfAlarmName(), "childrenOfAlarmName", AlarmInputs.MAX_NAME);
        Parameters.length(request.parentsOfAlarmName(), "parentsOfAlarmName", AlarmInputs.MAX_NAME);
        Parameters.length(request.actionPrefix(), "actionPrefix", MAX_ACTION_PREFIX);
        if (request.stateValue() != null) {
            state(request.stateValueAsString());
        }
        boolean others = request.hasAlarmNames()
                || request.alarmNamePrefix() != null
                || request.hasAlarmTypes()
                || request.stateValue() != null
                || request.actionPrefix() != null
                || (request.childrenOfAlarmName() != null && request.parentsOfAlarmName() != null);
        if (isFamily(request) && others) {
            throw new ApiException(
                    ErrorKind.VALIDATION,
                    "ChildrenOfAlarmName and ParentsOfAlarmName allow no other parameters but MaxRecords and NextToken.");
        }
    }

    /** Whether it asks for the children or parents of an alarm. */
    private static boolean isFamily(DescribeAlarmsRequest request) {
        return request.childrenOfAlarmName() != null || request.parentsOfAlarmName() != null;
    }

    static AlarmState state(String value) {
        return Stream.of(AlarmState.values())
                .filter(state -> state.name().equals(value))
                .findFirst()
                .orElseThrow(
                        () -> ApiException.notInEnum(value, "stateValue", List.of("INSUFFICIENT_DATA", "ALARM", "OK")));
    }

    /** Those asked for; metric alarms if none are, as in CloudWatch. */
    static Set<AlarmType> types(List<String> asked) {
        if (asked.isEmpty()) {
            return EnumSet.of(AlarmType.METRIC);
        }
        Set<AlarmType> types = EnumSet.noneOf(AlarmType.class);
        List<String> names =
                Arrays.stream(AlarmType.values()).map(AlarmType::wireName).toList();
        for (String name : asked) {
            if (name.equals("LogAlarm")) {
                continue; // CloudWatch has such, this monitor never
            }
            int found = names.indexOf(name);
            if (found < 0) {
                throw ApiException.notInEnum(asked, "alarmTypes", names);
            }
            types.add(AlarmType.values()[found]);
        }
        return types;
    }

    private static Predicate<Alarm> matching(DescribeAlarmsRequest request, CloudWatchRegion region) {
        if (request.childrenOfAlarmName() != null) {
            Set<String> children = children(existing(request.childrenOfAlarmName(), region));
            return alarm -> children.contains(alarm.name());
        }
        if (request.parentsOfAlarmName() != null) {
            String child = existing(request.parentsOfAlarmName(), region).name();
            return alarm -> children(alarm).contains(child);
        }
        Set<AlarmType> types = types(request.alarmTypesAsStrings());
        return alarm -> types.contains(alarm.definition().condition().type()) && matches(alarm, request);
    }

    private static Alarm existing(String name, CloudWatchRegion region) {
        return region.alarms()
                .alarm(name)
                .orElseThrow(() -> new ApiException(ErrorKind.RESOURCE_NOT_FOUND, "There is no alarm " + name + "."));
    }

    private static Set<String> children(Alarm alarm) {
        return alarm.definition().condition() instanceof CompositeCondition composite
                ? composite.rule().children()
                : Set.of();
    }

    private static boolean matches(Alarm alarm, DescribeAlarmsRequest request) {
        AlarmDefinition.Actions actions = alarm.definition().actions();
        return (!request.hasAlarmNames() || request.alarmNames().contains(alarm.name()))
                && (request.alarmNamePrefix() == null || alarm.name().startsWith(request.alarmNamePrefix()))
                && (request.stateValue() == null
                        || alarm.status().state().name().equals(request.stateValueAsString()))
                && (request.actionPrefix() == null
                        || Stream.of(actions.ok(), actions.alarm(), actions.insufficientData())
                                .flatMap(List::stream)
                                .anyMatch(action -> action.startsWith(request.actionPrefix())));
    }

    /** Of children CloudWatch tells name, ARN and state, of parents name and ARN. */
    private static MetricAlarm related(Alarm alarm, DescribeAlarmsRequest request) {
        MetricAlarm.Builder answer = MetricAlarm.builder()
                .alarmName(alarm.name())
                .alarmArn(alarm.definition().arn());
        return request.parentsOfAlarmName() != null
                ? answer.build()
                : answer.stateValue(alarm.status().state().name())
                        .stateUpdatedTimestamp(alarm.status().since())
                        .build();
    }

    private static CompositeAlarm relatedComposite(Alarm alarm, DescribeAlarmsRequest request) {
        CompositeAlarm.Builder answer = CompositeAlarm.builder()
                .alarmName(alarm.name())
                .alarmArn(alarm.definition().arn());
        return request.parentsOfAlarmName() != null
                ? answer.build()
                : answer.stateValue(alarm.status().state().name())
                        .stateUpdatedTimestamp(alarm.status().since())
                        .build();
    }
}
