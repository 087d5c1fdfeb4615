package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A signal, {@code kill -9 PID} unless another one is asked for, to a process inside the instance. The instance itself goes on: its
 * status checks pass while the balancer's health checks fail.
 *
 * @param process name of the processes; empty for the server process
 * @param signal one of {@link #SIGNALS}
 * @param orServer whether it is the server process where none has that name
 */
public record KillProcess(String process, String signal, boolean orServer) implements InstanceFault {
    /** Those that end a process which does not handle them. */
    static final List<String> SIGNALS = List.of("KILL", "TERM", "INT", "QUIT", "HUP", "ABRT", "SEGV");

    /** An application that is asked to end may drain first. */
    private static final Duration EFFECT_LIMIT = Duration.ofSeconds(10);

    public KillProcess {
        if (!SIGNALS.contains(signal)) {
            throw new IllegalArgumentException(
                    "expected a signal of " + String.join(", ", SIGNALS) + ", found " + signal);
        }
    }

    /** Those of that name, or else none. */
    public KillProcess(String process, String signal) {
        this(process, signal, false);
    }

    /** The server process, by SIGKILL. */
    public KillProcess() {
        this("", "KILL");
    }

    @Override
    public String name() {
        return "kill-process";
    }

    @Override
    public String standsFor() {
        return "a crashed server process on a healthy EC2 instance (AWSFIS-Run-Kill-Process)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        long server = ServerProcess.required(instance).pid();
        List<Long> pids = process.isEmpty() ? List.of(server) : named(instance.processes(), server, instance.name());
        return Injection.of(instance, new Undo.Reboot(instance.name(), server), () -> act(instance, pids, scheduler));
    }

    /** As {@code pkill} does it, all of them. */
    List<Long> named(List<Ec2Instance.Process> processes, long server, String instance) {
        List<Long> found = processes.stream()
                .filter(it -> executable(it).equals(process))
                .map(Ec2Instance.Process::pid)
                .toList();
        if (!found.isEmpty()) {
            return found;
        }
        if (orServer) {
            return List.of(server);
        }
        throw new NotRunning("expected a process " + process + " in " + instance + ", found "
                + processes.stream()
                        .map(KillProcess::executable)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    /** Of {@code /usr/sbin/mysqld --user=x} it is mysqld, of {@code nginx: worker process} it is nginx. */
    private static String executable(Ec2Instance.Process of) {
        String first = of.commandLine().split(" ", 2)[0];
        String last = first.substring(first.lastIndexOf('/') + 1);
        return last.endsWith(":") ? last.substring(0, last.length() - 1) : last;
    }

    private Effect act(Ec2Instance instance, List<Long> pids, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        List<String> line = new ArrayList<>(List.of("kill", "-s", signal));
        pids.forEach(pid -> line.add(pid.toString()));
        ExecResult kill = instance.run(line.toArray(String[]::new));
        boolean gone = kill.exitCode() == 0
                && scheduler
                        .await(
                                EFFECT_LIMIT,
                                () -> left(instance, pids).isEmpty() ? Optional.of(true) : Optional.empty())
                        .isPresent();
        String which = (pids.size() == 1 ? "process " : "processes ")
                + pids.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String evidence = gone
                ? which + (pids.size() == 1 ? " is" : " are") + " gone, the instance runs on"
                : which + " still there: " + kill.stderr().strip();
        return new Effect(injectedAt, gone, evidence);
    }

    private static List<Long> left(Ec2Instance instance, List<Long> pids) {
        return instance.processes().stream()
                .map(Ec2Instance.Process::pid)
                .filter(pids::contains)
                .toList();
    }
}
