package io.failoverlab.engine;

import io.failoverlab.topology.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the lab has to know about this machine, read once.
 *
 * @param engine what the container engine says, or the reason why it says nothing
 * @param portInUse the lab's ports on 127.0.0.1, and whether something listens there already
 * @param routes what this machine can reach without the engine; the default route and the engine's are left out
 * @param memoryBytes memory that programs can still have, 0 if not known
 * @param diskBytes free space where the engine keeps its images, or else where the lab is
 * @param javaVersion of the Java that runs the lab
 * @param maven where Maven is
 * @param netem whether the kernel can delay and drop packets
 * @param openFiles how many files a process may have open, 0 if not known
 */
public record HostFacts(
        EngineState engine,
        Map<Integer, Boolean> portInUse,
        List<Route> routes,
        long memoryBytes,
        long diskBytes,
        int javaVersion,
        Optional<String> maven,
        boolean netem,
        long openFiles) {

    /** Whether an engine answers. */
    public sealed interface EngineState {
        /** @param reason what is the matter, and what to do about it */
        record Silent(String reason) implements EngineState {}

        /**
         * @param version such as {@code Docker 28.2.2 (API 1.50)}
         * @param cgroupVersion 1 or 2, or empty if not known
         * @param subnets of networks that no lab made, by network name
         * @param liveRuns runs of labs that are up
         * @param leftovers names of what labs that are gone left behind
         */
        record Answering(
                String version,
                Optional<Integer> cgroupVersion,
                Map<String, List<Cidr>> subnets,
                List<String> liveRuns,
                List<String> leftovers)
                implements EngineState {}
    }

    /** A block of addresses that this machine sends to one of its interfaces. */
    public record Route(String device, Cidr block) {}

    public HostFacts {
        portInUse = Map.copyOf(portInUse);
        routes = List.copyOf(routes);
    }
}
