package io.failoverlab.engine;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The lab process that made a container, network or volume, as written into the object's labels. An object whose owner
 * no longer lives is a leftover.
 *
 * @param run id of the run
 * @param pid process id on the host named
 * @param startedAt start of that process, to whole seconds; tells it from a later process with the same id
 * @param host the host's name, since several machines may share one engine
 */
public record Owner(String run, long pid, Instant startedAt, String host) {
    /** Carries the run id; present on everything the lab creates and on nothing else. */
    public static final String RUN_LABEL = "io.failoverlab.run";

    private static final String PROCESS_LABEL = "io.failoverlab.owner";

    public Owner {
        if (run.isBlank()) {
            throw new IllegalArgumentException("expected a run id, found a blank one");
        }
        Objects.requireNonNull(host);
        startedAt = Instant.ofEpochSecond(startedAt.getEpochSecond());
    }

    /** The current process as owner of the run. */
    public static Owner ofThisProcess(String run) {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(run, self.pid(), self.info().startInstant().orElse(Instant.EPOCH), hostName());
    }

    Map<String, String> labels() {
        return Map.of(RUN_LABEL, run, PROCESS_LABEL, pid + "@" + startedAt.getEpochSecond() + "@" + host);
    }

    /** Reads the labels of an object back, or empty if they are not the lab's. */
    static Optional<Owner> fromLabels(Map<String, String> labels) {
        String run = labels.get(RUN_LABEL);
        String process = labels.get(PROCESS_LABEL);
        if (run == null || run.isBlank() || process == null) {
            return Optional.empty();
        }
        String[] parts = process.split("@", 3);
        try {
            return Optional.of(new Owner(
                    run, Long.parseLong(parts[0]), Instant.ofEpochSecond(Long.parseLong(parts[1])), parts[2]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException notOurs) {
            return Optional.empty();
        }
    }

    /** Whether the owning process still runs; an owner on another host counts as living, since nobody here can tell. */
    public boolean isAlive() {
        if (!host.equals(hostName())) {
            return true;
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(start -> Math.abs(start.getEpochSecond() - startedAt.getEpochSecond()) <= 1)
                .orElse(false);
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isBlank()) {
            return name;
        }
        try {
            return java.net.InetAddress.getLocalHost().getHostName();
        } catch (java.net.UnknownHostException noName) {
            return "localhost";
        }
    }
}
