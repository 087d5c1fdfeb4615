package io.failoverlab.api;

import io.failoverlab.alarm.AlarmAction;
import io.failoverlab.alarm.AlarmDefinition;
import io.failoverlab.alarm.AlarmRefusedException;
import io.failoverlab.store.TagStore;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** What PutMetricAlarm and PutCompositeAlarm have in common. */
final class AlarmInputs {
    static final int MAX_NAME = 255;
    /** Alarms that one request may name. */
    static final int MAX_NAMES = 100;

    private static final int MAX_DESCRIPTION = 1024;
    private static final int MAX_ACTIONS = 5;

    private AlarmInputs() {}

    static String name(String name) {
        Parameters.required(name, "AlarmName");
        Parameters.length(name, "alarmName", MAX_NAME);
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw ApiException.invalid("The value '" + name + "' for parameter AlarmName is invalid.");
        }
        return name;
    }

    /** The names of a request that names alarms; whether it must name any is not asked. */
    static List<String> names(List<String> names) {
        return Parameters.lengths(names, "alarmNames", MAX_NAMES, MAX_NAME);
    }

    static String description(String description) {
        return Parameters.length(description, "alarmDescription", 0, MAX_DESCRIPTION);
    }

    static AlarmDefinition.Actions actions(PutMetricAlarmRequest request) {
        return new AlarmDefinition.Actions(
                request.actionsEnabled() == null || request.actionsEnabled(),
                actions(request.okActions(), "oKActions"),
                actions(request.alarmActions(), "alarmActions"),
                actions(request.insufficientDataActions(), "insufficientDataActions"));
    }

    static AlarmDefinition.Actions actions(PutCompositeAlarmRequest request) {
        AlarmDefinition.Actions actions = new AlarmDefinition.Actions(
                request.actionsEnabled() == null || request.actionsEnabled(),
                actions(request.okActions(), "oKActions"),
                actions(request.alarmActions(), "alarmActions"),
                actions(request.insufficientDataActions(), "insufficientDataActions"));
        List.of(actions.ok(), actions.alarm(), actions.insufficientData())
                .forEach(arns -> arns.forEach(AlarmInputs::requireForComposite));
        return actions;
    }

    private static List<String> actions(List<String> actions, String path) {
        if (actions.size() > MAX_ACTIONS) {
            throw ApiException.constraint(actions, path, "have length less than or equal to " + MAX_ACTIONS);
        }
        for (String arn : actions) {
            if (AlarmAction.of(arn).isEmpty()) {
                throw new ApiException(
                        ErrorKind.VALIDATION,
                        "Invalid arn syntax: " + arn + " (expected an SNS topic, a scaling policy, a Lambda function,"
                                + " or an action of EC2 or Systems Manager)");
            }
        }
        return actions;
    }

    /** Composite alarms cannot perform EC2 or Auto Scaling actions (CloudWatch User Guide, "Creating a composite alarm"). */
    private static void requireForComposite(String arn) {
        boolean scaling = AlarmAction.of(arn).orElseThrow().kind() == AlarmAction.Kind.SCALING_POLICY;
        if (scaling || arn.contains(":automate:") || arn.contains(":swf:")) {
            throw new ApiException(ErrorKind.VALIDATION, "A composite alarm cannot perform the action " + arn);
        }
    }

    /** Defines it, and gives it the tags if it is new: those of an alarm that exists are not changed, as in CloudWatch. */
    static void define(AlarmDefinition definition, List<Tag> tags, TagStore store, CloudWatchRegion region) {
        Map<String, String> read = Tags.read(tags);
        boolean isNew = region.alarms().alarm(definition.name()).isEmpty();
        refusable(() -> region.alarms().define(List.of(definition)));
        if (isNew && !read.isEmpty()) {
            store.tag(definition.arn(), read);
        }
    }

    /** Runs what an engine may refuse. */
    static void refusable(Runnable work) {
        try {
            work.run();
        } catch (AlarmRefusedException e) {
            throw new ApiException(ErrorKind.VALIDATION, e.getMessage());
        }
    }
}
