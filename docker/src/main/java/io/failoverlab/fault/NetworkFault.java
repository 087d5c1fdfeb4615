package io.failoverlab.fault;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;

/** A fault of what an instance sends and receives, made in its own network by the kernel's means; the instance runs on. */
public sealed interface NetworkFault extends InstanceFault permits PacketFilter, Latency {
    /** Runs a line of the shell in the instance's network, with the rights to change it. */
    static ExecResult run(Ec2Instance instance, String line, String... arguments) {
        String[] command = new String[arguments.length + 4];
        command[0] = "sh";
        command[1] = "-c";
        command[2] = line;
        command[3] = "network";
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return instance.container().execInNetwork(Duration.ofSeconds(10), command);
    }

    /** @throws NotRunning if there is no such program where the instance's network can be changed */
    static void require(Ec2Instance instance, String program) {
        if (run(instance, "command -v \"$1\"", program).exitCode() != 0) {
            throw new NotRunning("expected " + program + " for the network of " + instance.name()
                    + ", found none: run the lab as root on the engine's machine, or have it in the instance's image");
        }
    }
}
