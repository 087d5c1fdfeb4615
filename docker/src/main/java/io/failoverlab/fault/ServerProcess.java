package io.failoverlab.fault;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import java.util.Comparator;
import java.util.Optional;

/** Finds the server among an instance's processes: the first one that the instance's own first process started. */
final class ServerProcess {
    private static final long FIRST_PROCESS = 1;

    private ServerProcess() {}

    static Optional<Ec2Instance.Process> of(Ec2Instance instance) {
        return instance.processes().stream()
                .filter(process -> process.pid() != FIRST_PROCESS)
                .filter(process -> !process.commandLine().startsWith("ps ")
                        && !process.commandLine().startsWith("sleep "))
                .min(Comparator.comparingLong(Ec2Instance.Process::pid));
    }

    /** @throws NotRunning if there is none */
    static Ec2Instance.Process required(Ec2Instance instance) {
        return of(instance)
                .orElseThrow(() -> new NotRunning("expected a server process in " + instance.name()
                        + ", found none; `lab ps " + instance.name() + "` lists what runs"));
    }
}
