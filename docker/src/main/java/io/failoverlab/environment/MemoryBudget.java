package io.failoverlab.environment;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import io.failoverlab.engine.Engine;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import java.util.Locale;

/**
 * Whether the memory limits of a stack fit into this machine. Instances rarely use all that their type grants, but a fleet
 * that could take more than there is would end with the kernel killing whom it likes.
 *
 * @param machineBytes what the engine's machine has
 */
public record MemoryBudget(long machineBytes) {
    private static final double GIB = 1L << 30;

    public static MemoryBudget of(Engine engine) {
        return new MemoryBudget(engine.memoryBytes());
    }

    /** @throws InvalidInput with the sum, if it is more than the machine has */
    public void require(Topology topology) {
        long web = topology.web().stream()
                .map(Instance::type)
                .mapToLong(type -> type.memoryBytes())
                .sum();
        long database = topology.databaseServers().stream()
                .mapToLong(ContainerPlan::memoryBytes)
                .sum();
        long balancer = ContainerPlan.BALANCER_MEMORY_BYTES;
        long sum = web + database + balancer;
        if (sum > machineBytes) {
            throw new InvalidInput(Problem.of(
                    topology.name(),
                    "at most %s of memory limits, which this machine has".formatted(gib(machineBytes)),
                    "%s: %d web servers %s + database %s + load balancer %s"
                            .formatted(gib(sum), topology.web().size(), gib(web), gib(database), gib(balancer)),
                    "take fewer web servers, or a smaller instance type in the topology"));
        }
    }

    private static String gib(double bytes) {
        return String.format(Locale.ROOT, "%.2f GiB", bytes / GIB);
    }
}
