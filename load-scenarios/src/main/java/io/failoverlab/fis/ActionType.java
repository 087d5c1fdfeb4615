package io.failoverlab.fis;

import io.failoverlab.document.Field;
import io.failoverlab.document.Nearest;
import io.failoverlab.history.AlarmState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The actions of FIS that have a meaning here (FIS user guide, "AWS FIS Actions reference"). Each reads its parameters; what is
 * wrong is noted at its place, and then there is no action.
 */
enum ActionType {
    STOP_INSTANCES("aws:ec2:stop-instances", "Instances", ResourceType.INSTANCE) {
        @Override
        Optional<Action> read(Parameters parameters, String target) {
            Field<Duration> after = parameters.duration("startInstancesAfterDuration");
            boolean mayBeTerminated = parameters.flag("completeIfInstancesTerminated");
            return Optional.of(new Action.StopInstances(target, after.value(), mayBeTerminated));
        }
    },
    REBOOT_INSTANCES("aws:ec2:reboot-instances", "Instances", ResourceType.INSTANCE) {
        @Override
        Optional<Action> read(Parameters parameters, String target) {
            return Optional.of(new Action.RebootInstances(target));
        }
    },
    TERMINATE_INSTANCES("aws:ec2:terminate-instances", "Instances", ResourceType.INSTANCE) {
        @Override
        Optional<Action> read(Parameters parameters, String target) {
            return Optional.of(new Action.TerminateInstances(target));
        }
    },
    SEND_COMMAND("aws:ssm:send-command", "Instances", ResourceType.INSTANCE) {
        @Override
        Optional<Action> read(Parameters parameters, String target) {
            Field<String> document = parameters.text("documentArn").required();
            parameters.text("documentVersion");
            Field<String> values = parameters.text("documentParameters");
            Field<Duration> duration = parameters.duration("duration").required();
            return command(document, values)
                    .flatMap(command -> duration.value().map(it -> new Action.SendCommand(target, command, it)));
        }
    },
    DISRUPT_CONNECTIVITY("aws:network:disrupt-connectivity", "Subnets", ResourceType.SUBNET) {
        @Override
        Optional<Action> read(Parameters parameters, String target) {
            Field<String> word = parameters.text("scope").required();
            parameters.text("prefixListIdentifier");
            Optional<Scope> scope = word.value().flatMap(Scope::of);
            word.value()
                    .filter(it -> scope.isEmpty())
                    .ifPresent(it -> word.reject(
                            "a scope that has a fault here, " + String.join(" or ", Scope.words()),
                            Form.found(it),
                            Scope.whyNot(it)
                                    .map(why -> why + "; " + LEAVE_OUT)
                                    .orElse(Nearest.hint(it, Scope.words()))));
            Field<Duration> duration = parameters.duration("duration").required();
            return scope.flatMap(
                    what -> duration.value().map(time -> new Action.DisruptConnectivity(target, what, time)));
        }
    },
    REBOOT_DB_INSTANCES("aws:rds:reboot-db-instances", "DBInstances", ResourceType.DB) {
        @Override
        Optional<Action> read(Parameters parameters, String target) {
            return Optional.of(new Action.RebootDbInstances(target, parameters.flag("forceFailover")));
        }
    },
    FAILOVER_DB_CLUSTER("aws:rds:failover-db-cluster", "Clusters", ResourceType.CLUSTER) {
        @Override
        Optional<Action> read(Parameters parameters, String target) {
            return Optional.of(new Action.FailoverDbCluster(target));
        }
    },
    WAIT("aws:fis:wait") {
        @Override
        Optional<Action> read(Parameters parameters, String target) {
            return parameters.duration("duration").required().value().map(Action.Wait::new);
        }
    },
    ASSERT_ALARM_STATE("aws:cloudwatch:assert-alarm-state") {
        @Override
        Optional<Action> read(Parameters parameters, String target) {
            Field<List<String>> alarms = parameters.list("alarmArns").required();
            alarms.value()
                    .filter(it -> it.isEmpty() || it.size() > Form.MAX_ALARMS)
                    .ifPresent(it -> alarms.reject("1 to " + Form.MAX_ALARMS + " alarms", it.size() + " of them", ""));
            Field<List<String>> words = parameters.list("alarmStates").required();
            return states(words)
                    .flatMap(states -> alarms.value().map(arns -> new Action.AssertAlarmState(arns, states)));
        }
    };

    /** The next step where the lab has no fault for something. */
    static final String LEAVE_OUT = "--skip ACTION leaves an action out";

    private final String id;
    private final Optional<Slot> slot;

    /** The key under {@code targets} of an action, and what may stand there. */
    record Slot(String name, ResourceType type) {}

    ActionType(String id) {
        this.id = id;
        this.slot = Optional.empty();
    }

    ActionType(String id, String slot, ResourceType type) {
        this.id = id;
        this.slot = Optional.of(new Slot(slot, type));
    }

    String id() {
        return id;
    }

    /** Where its target is named; empty for an action without one. */
    Optional<Slot> slot() {
        return slot;
    }

    /** @param target name of the target; empty for an action without one */
    abstract Optional<Action> read(Parameters parameters, String target);

    static Optional<ActionType> of(String id) {
        return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(ActionType::id).toList();
    }

    private static Optional<Action.Command> command(Field<String> documentArn, Field<String> values) {
        if (documentArn.value().isEmpty()) {
            return Optional.empty();
        }
        String arn = documentArn.get();
        String title = arn.substring(arn.lastIndexOf('/') + 1);
        Optional<SsmDocument> document = SsmDocument.named(title);
        if (document.isEmpty()) {
            documentArn.reject(
                    "an SSM document that has a fault here, one of " + SsmDocument.supported(),
                    Form.found(arn),
                    LEAVE_OUT);
            return Optional.empty();
        }
        try {
            return Optional.of(document.get().read(values.orElse("{}")));
        } catch (IllegalArgumentException wrong) {
            values.reject("documentParameters of " + title, Form.found(values.orElse("")), wrong.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Set<AlarmState>> states(Field<List<String>> words) {
        List<String> known = Arrays.stream(AlarmState.values()).map(Enum::name).toList();
        List<String> found = words.orElse(List.of());
        found.stream()
                .filter(word -> !known.contains(word))
                .findFirst()
                .ifPresent(word -> words.reject("alarm states, of " + String.join(", ", known), Form.found(word), ""));
        return found.isEmpty() || !known.containsAll(found)
                ? Optional.empty()
                : Optional.of(found.stream().map(AlarmState::valueOf).collect(Collectors.toSet()));
    }
}
