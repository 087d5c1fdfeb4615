package io.failoverlab.audit;

import java.util.List;

/**
 * What the rules look at of a container, as the engine tells it.
 *
 * @param name as the lab calls it
 * @param processes command lines of those that run in it
 * @param restartPolicy such as {@code no} or {@code always}
 * @param restarts the most of that policy; 0 for none or no end
 * @param healthCheck whether the engine checks its health
 * @param cgroupParent empty for the engine's own
 * @param privilegedCommands those that were run in it with all rights and are still known to the engine
 */
public record ContainerFacts(
        String name,
        Rights rights,
        Namespaces namespaces,
        Limits limits,
        List<Mount> mounts,
        List<Port> ports,
        List<String> processes,
        String restartPolicy,
        int restarts,
        boolean healthCheck,
        String cgroupParent,
        List<String> privilegedCommands) {

    /**
     * What it may do.
     *
     * @param addedCapabilities such as {@code NET_ADMIN}
     * @param droppedCapabilities {@code ALL} among them if none is left
     * @param securityOptions such as {@code no-new-privileges}
     * @param appArmorProfile empty for none
     * @param devices of the host
     */
    public record Rights(
            boolean privileged,
            List<String> addedCapabilities,
            List<String> droppedCapabilities,
            List<String> securityOptions,
            String appArmorProfile,
            boolean readOnlyRoot,
            List<String> devices) {
        public Rights {
            addedCapabilities = List.copyOf(addedCapabilities);
            droppedCapabilities = List.copyOf(droppedCapabilities);
            securityOptions = List.copyOf(securityOptions);
            devices = List.copyOf(devices);
        }
    }

    /** The engine's words for what it shares; {@code host} is the host's own. Empty where nothing is said. */
    public record Namespaces(String network, List<String> networks, String pid, String ipc, String uts, String user) {
        public Namespaces {
            networks = List.copyOf(networks);
        }
    }

    /** 0 is no limit; so are fewer than 0 processes. */
    public record Limits(long memoryBytes, long nanoCpus, long cpuShares, long pids) {}

    /**
     * A folder or a file of the host.
     *
     * @param bound whether it is one that somebody named; a volume of the engine's is not
     * @param propagation such as {@code rprivate}
     */
    public record Mount(String source, String target, boolean bound, boolean writable, String propagation) {}

    /**
     * A port that is published.
     *
     * @param address of the host; empty is all
     */
    public record Port(String address, int hostPort, int containerPort) {}

    public ContainerFacts {
        mounts = List.copyOf(mounts);
        ports = List.copyOf(ports);
        processes = List.copyOf(processes);
        privilegedCommands = List.copyOf(privilegedCommands);
    }
}
