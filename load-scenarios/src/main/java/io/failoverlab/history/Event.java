package io.failoverlab.history;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that happened during a run. {@link #at()} is the time elapsed since the start of the load; what happened
 * before it is negative.
 */
public sealed interface Event {

    /** When it happened, elapsed since the start of the load. */
    Duration at();

    /** The generator started its first request. */
    record LoadStarted(Duration at) implements Event {
        public LoadStarted {
            Require.present("at", at);
        }
    }

    /** Ramp and warm-up are over: requests due from here on are judged. */
    record JudgingStarted(Duration at) implements Event {
        public JudgingStarted {
            Require.present("at", at);
        }
    }

    /**
     * The generator stopped starting requests.
     *
     * @param asPlanned false if it ended before its time
     * @param reason why it ended
     */
    record LoadEnded(Duration at, boolean asPlanned, String reason) implements Event {
        public LoadEnded {
            Require.present("at", at);
            Require.text("reason", reason);
        }
    }

    /**
     * One second of load as the generator counted it.
     *
     * @param at the start of the second
     * @param scheduled requests that were due in it
     * @param started requests that were really started in it
     * @param ok answers in it that were what the client asked for
     * @param ko failures in it
     * @param statuses HTTP status to answers with it in this second; 0 is "no answer"
     */
    record LoadSecond(Duration at, long scheduled, long started, long ok, long ko, Map<Integer, Long> statuses)
            implements Event {
        public LoadSecond {
            Require.present("at", at);
            Require.notNegative("scheduled", scheduled);
            Require.notNegative("started", started);
            Require.notNegative("ok", ok);
            Require.notNegative("ko", ko);
            statuses = Collections.unmodifiableSortedMap(new TreeMap<>(Require.present("statuses", statuses)));
        }
    }

    /**
     * What the load generator itself used in one second: one that is short of something measures itself.
     *
     * @param at the start of the second
     * @param cpuPercent of one core; 200 is two cores
     * @param openFiles open file descriptors, sockets among them; 0 where that is not known
     * @param mostFiles how many it may open; 0 where that is not known
     * @param collecting time that garbage collections took
     */
    record GeneratorUse(Duration at, double cpuPercent, long openFiles, long mostFiles, Duration collecting)
            implements Event {
        public GeneratorUse {
            Require.present("at", at);
            Require.finite("cpuPercent", cpuPercent);
            Require.notNegative("openFiles", openFiles);
            Require.notNegative("mostFiles", mostFiles);
            Require.notNegative("collecting", collecting);
        }
    }

    /**
     * A fault was injected.
     *
     * @param at when it was given, not when it was seen to work
     * @param fault its name: kill, kill-process, stop, pause, cpu-stress, …
     * @param awsEvent what happens on AWS that this stands for; empty if nothing does
     * @param tookEffect whether it was seen to work
     * @param evidence what proves that it took effect, or what was found instead
     */
    record FaultInjected(
            Duration at, String fault, String instance, String awsEvent, boolean tookEffect, String evidence)
            implements Event {
        public FaultInjected {
            Require.present("at", at);
            Require.text("fault", fault);
            Require.text("instance", instance);
            Require.present("awsEvent", awsEvent);
            Require.text("evidence", evidence);
        }
    }

    /** The fault on the instance was undone; {@code evidence} says how that is known. */
    record FaultHealed(Duration at, String fault, String instance, String evidence) implements Event {
        public FaultHealed {
            Require.present("at", at);
            Require.text("fault", fault);
            Require.text("instance", instance);
            Require.present("evidence", evidence);
        }
    }

    /** An instance entered a state; {@code cause} says why, in the engine's words. */
    record InstanceStateChanged(Duration at, String instance, InstanceState state, String cause) implements Event {
        public InstanceStateChanged {
            Require.present("at", at);
            Require.text("instance", instance);
            Require.present("state", state);
            Require.present("cause", cause);
        }
    }

    /**
     * The controller of the target group changed a target's state. The state of every target is recorded before the load
     * starts as well: a target without any such event counts as never having been in service.
     *
     * @param zone Availability Zone of the target
     * @param reasonCode ELB's reason code, such as Target.Timeout; empty for healthy
     */
    record TargetStateChanged(
            Duration at,
            String instance,
            String zone,
            TargetState from,
            TargetState to,
            String reasonCode,
            String description)
            implements Event {
        public TargetStateChanged {
            Require.present("at", at);
            Require.text("instance", instance);
            Require.text("zone", zone);
            Require.present("from", from);
            Require.present("to", to);
            Require.present("reasonCode", reasonCode);
            Require.present("description", description);
        }
    }

    /**
     * The load balancer is really serving another list of targets, checked at nginx itself, not assumed from a reload.
     *
     * @param targets names of the instances that get requests from here on
     * @param generation number of the configuration that nginx answered with
     */
    record RotationChanged(Duration at, List<String> targets, long generation) implements Event {
        public RotationChanged {
            Require.present("at", at);
            targets = List.copyOf(targets);
            Require.notNegative("generation", generation);
        }
    }

    /**
     * An alarm changed its state.
     *
     * @param at when the lab heard of it: the notification arrived
     * @param reason the monitor's reason, in words
     * @param stateChangedAt the monitor's own time of the change, on the elapsed axis
     */
    record AlarmStateChanged(
            Duration at, String alarm, AlarmState from, AlarmState to, String reason, Duration stateChangedAt)
            implements Event {
        public AlarmStateChanged {
            Require.present("at", at);
            Require.text("alarm", alarm);
            Require.present("from", from);
            Require.present("to", to);
            Require.present("reason", reason);
            Require.present("stateChangedAt", stateChangedAt);
        }
    }

    /**
     * The monitor was asked for the state of its alarms and answered; recorded about once a second, it proves that the
     * monitor watched the run.
     *
     * @param states name of the alarm to its state
     */
    record AlarmsRead(Duration at, Map<String, AlarmState> states) implements Event {
        public AlarmsRead {
            Require.present("at", at);
            states = Collections.unmodifiableSortedMap(new TreeMap<>(Require.present("states", states)));
        }
    }

    /**
     * One value of a metric of an instance, for the charts: CPUUtilization in percent, RequestCount in requests that the
     * instance answered in the second that starts at {@code at}.
     *
     * @param metric CloudWatch's name of the metric
     */
    record MetricSample(Duration at, String metric, String instance, double value) implements Event {
        /** Percent of the CPU that the instance may use, 0 to 100. */
        public static final String CPU_UTILIZATION = "CPUUtilization";
        /** Requests that the instance answered in one second. */
        public static final String REQUEST_COUNT = "RequestCount";

        public MetricSample {
            Require.present("at", at);
            Require.text("metric", metric);
            Require.text("instance", instance);
            Require.finite("value", value);
        }
    }

    /**
     * What a fault that is still to come will cost, reckoned from the parameters.
     *
     * @param at when it was reckoned
     * @param requests that will be lost
     * @param reckoning how, in words
     */
    record LossForecast(Duration at, String fault, String instance, long requests, String reckoning) implements Event {
        public LossForecast {
            Require.present("at", at);
            Require.text("fault", fault);
            Require.text("instance", instance);
            Require.notNegative("requests", requests);
            Require.text("reckoning", reckoning);
        }
    }

    /**
     * An FIS experiment changed its state.
     *
     * @param reason why, in words; empty where the state says it
     */
    record ExperimentChanged(Duration at, ExperimentStatus status, String reason) implements Event {
        public ExperimentChanged {
            Require.present("at", at);
            Require.present("status", status);
            Require.present("reason", reason);
        }
    }

    /**
     * An action of an FIS experiment changed its state.
     *
     * @param action its name in the template
     * @param actionId such as {@code aws:ec2:stop-instances}
     * @param reason what it does or why it is so, in words; may be empty
     */
    record ActionChanged(Duration at, String action, String actionId, ActionStatus status, String reason)
            implements Event {
        public ActionChanged {
            Require.present("at", at);
            Require.text("action", action);
            Require.text("actionId", actionId);
            Require.present("status", status);
            Require.present("reason", reason);
        }
    }

    /**
     * RDS told of a database, in AWS's numbers and words.
     *
     * @param source identifier of the DB instance, of its snapshot or of its parameter group
     * @param id such as RDS-EVENT-0013; LAB for what the lab tells beside AWS's events
     * @param category such as failover
     */
    record DatabaseEvent(Duration at, String source, String id, String category, String message) implements Event {
        public DatabaseEvent {
            Require.present("at", at);
            Require.text("source", source);
            Require.text("id", id);
            Require.text("category", category);
            Require.text("message", message);
        }
    }

    /**
     * A failover of a Multi-AZ database is over, and clients have come to the new primary.
     *
     * @param at when the first of them had
     * @param database identifier of the DB instance
     * @param from name of the old primary
     * @param to name of the new one
     * @param cause why, in words
     * @param failed the moment of the failure, as far as the lab could know it
     * @param decided it was found, and the failover begun
     * @param promoted the new primary was open
     * @param moved the endpoint led to it
     */
    record DatabaseFailedOver(
            Duration at,
            String database,
            String from,
            String to,
            String cause,
            Duration failed,
            Duration decided,
            Duration promoted,
            Duration moved)
            implements Event {
        public DatabaseFailedOver {
            Require.present("at", at);
            Require.text("database", database);
            Require.text("from", from);
            Require.text("to", to);
            Require.text("cause", cause);
            Require.present("failed", failed);
            Require.present("decided", decided);
            Require.present("promoted", promoted);
            Require.present("moved", moved);
        }
    }

    /**
     * The containers were looked at by the rules of a security benchmark.
     *
     * @param benchmark its name and version
     * @param kept rules that all containers keep to
     * @param excepted rules that some do not keep to, for a reason that is known
     * @param broken rules that some do not keep to for no such reason, by number and title
     */
    record Audited(Duration at, String benchmark, int kept, int excepted, List<String> broken) implements Event {
        public Audited {
            Require.present("at", at);
            Require.text("benchmark", benchmark);
            Require.notNegative("kept", kept);
            Require.notNegative("excepted", excepted);
            broken = List.copyOf(broken);
        }
    }

    /** Something a reader should know; never judged. */
    record Note(Duration at, String text) implements Event {
        public Note {
            Require.present("at", at);
            Require.text("text", text);
        }
    }
}
