package io.failoverlab.environment;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.document.Problem;
import io.failoverlab.engine.Engine;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Topology;
import java.util.Locale;
import java.util.Optional;

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

    /** What a topology could take, in bytes. */
    private record Need(int servers, long web, long database) {
        static Need of(Topology topology) {
            return new Need(
                    topology.web().size(),
                    topology.web().stream()
                            .map(Instance::type)
                            .mapToLong(type -> type.memoryBytes())
                            .sum(),
                    topology.databaseServers().stream()
                            .mapToLong(ContainerPlan::memoryBytes)
                            .sum());
        }

        long sum() {
            return web + database + ContainerPlan.BALANCER_MEMORY_BYTES;
        }

        @Override
        public String toString() {
            return "%s: %d web servers %s + database %s + load balancer %s"
                    .formatted(gib(sum()), servers, gib(web), gib(database), gib(ContainerPlan.BALANCER_MEMORY_BYTES));
        }
    }

    /** @throws InvalidInput with the sum, if it is more than the machine has */
    public void require(Topology topology) {
        Need need = Need.of(topology);
        if (need.sum() > machineBytes) {
            throw new InvalidInput(Problem.of(
                    topology.name(),
                    "at most %s of memory limits, which this machine has".formatted(gib(machineBytes)),
                    need.toString(),
                    "take fewer web servers, or a smaller instance type in the topology"));
        }
    }

    /** What to say of an Auto Scaling group whose maximum does not fit, though what it begins with does. */
    public Optional<String> warning(Topology topology) {
        return topology.autoScaling()
                .map(group -> topology.withWeb(group.mostInstances()))
                .filter(largest -> Need.of(largest).sum() > machineBytes)
                .map(largest ->
                        "%s at its largest needs memory limits of %s; this machine has %s, and launches beyond %d web"
                                        .formatted(
                                                topology.name(), Need.of(largest), gib(machineBytes), fitting(topology))
                                + " servers will be refused: lower auto-scaling.max, or take a smaller instance type");
    }

    private int fitting(Topology topology) {
        int count = topology.web().size();
        while (Need.of(topology.withWeb(count + 1)).sum() <= machineBytes) {
            count++;
        }
        return count;
    }

    private static String gib(double bytes) {
        return String.format(Locale.ROOT, "%.2f GiB", bytes / GIB);
    }
}
