package io.failoverlab.fis;

import io.failoverlab.history.AlarmState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an action of a template asks for, with its parameters as AWS documents them and in AWS's times. */
public sealed interface Action {

    /** One that hits resources. */
    sealed interface OnTarget extends Action {
        /** Name of the target in the template. */
        String target();
    }

    /**
     * aws:ec2:stop-instances.
     *
     * @param startAfter the instances are started again after that time; without one they stay stopped
     * @param mayBeTerminated whether it is well that others terminate them meanwhile, such as their group
     */
    record StopInstances(String target, Optional<Duration> startAfter, boolean mayBeTerminated) implements OnTarget {}

    /** aws:ec2:reboot-instances. */
    record RebootInstances(String target) implements OnTarget {}

    /** aws:ec2:terminate-instances. */
    record TerminateInstances(String target) implements OnTarget {}

    /**
     * aws:ssm:send-command.
     *
     * @param duration how long FIS watches the command
     */
    record SendCommand(String target, Command command, Duration duration) implements OnTarget {}

    /** aws:network:disrupt-connectivity. */
    record DisruptConnectivity(String target, Scope scope, Duration duration) implements OnTarget {}

    /** aws:rds:reboot-db-instances. */
    record RebootDbInstances(String target, boolean forceFailover) implements OnTarget {}

    /** aws:rds:failover-db-cluster. */
    record FailoverDbCluster(String target) implements OnTarget {}

    /** aws:fis:wait. */
    record Wait(Duration duration) implements Action {}

    /** aws:cloudwatch:assert-alarm-state. */
    record AssertAlarmState(List<String> alarmArns, Set<AlarmState> states) implements Action {
        public AssertAlarmState {
            alarmArns = List.copyOf(alarmArns);
            states = Set.copyOf(states);
        }
    }

    /** Any action at all, which the user chose to leave out. */
    record LeftOut() implements Action {}

    /** What an SSM document does. */
    sealed interface Command {
        /**
         * AWSFIS-Run-CPU-Stress.
         *
         * @param workers 0 for one for each vCPU
         * @param load percent that each of them takes of its vCPU
         */
        record CpuStress(int workers, int load, Duration duration) implements Command {}

        /** AWSFIS-Run-Memory-Stress, with however many workers that share it. */
        record MemoryStress(int percent, Duration duration) implements Command {}

        /** AWSFIS-Run-IO-Stress. */
        record IoStress(int workers, Duration duration) implements Command {}

        /** AWSFIS-Run-Disk-Fill. */
        record DiskFill(int percent, Duration duration) implements Command {}

        /** AWSFIS-Run-Kill-Process. */
        record KillProcess(String process, String signal) implements Command {}

        /** AWSFIS-Run-Network-Blackhole-Port. */
        record BlackholePort(String protocol, int port, boolean egress, Duration duration) implements Command {}

        /**
         * AWSFIS-Run-Network-Latency and -Sources.
         *
         * @param sources whose packets alone are meant; empty for all
         */
        record NetworkLatency(Duration delay, Duration jitter, List<String> sources, Duration duration)
                implements Command {
            public NetworkLatency {
                sources = List.copyOf(sources);
            }
        }

        /**
         * AWSFIS-Run-Network-Packet-Loss and -Sources.
         *
         * @param sources whose packets alone are meant; empty for all
         */
        record PacketLoss(int percent, List<String> sources, Duration duration) implements Command {
            public PacketLoss {
                sources = List.copyOf(sources);
            }
        }
    }
}
