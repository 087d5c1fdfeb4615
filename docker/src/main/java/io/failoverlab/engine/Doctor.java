package io.failoverlab.engine;

import static io.failoverlab.engine.DoctorFinding.fail;
import static io.failoverlab.engine.DoctorFinding.ok;
import static io.failoverlab.engine.DoctorFinding.warn;

import io.failoverlab.engine.HostFacts.EngineState;
import io.failoverlab.topology.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The checks of {@code lab doctor}: what stands in the way of a lab on this machine, and the fix. Pure. */
public final class Doctor {
    private static final long MIB = 1024L * 1024;
    private static final long GIB = 1024 * MIB;
    /** The three instances of the default stack, the lab's three processes. */
    private static final long MEMORY_NEEDED = 2 * GIB;

    private static final long MEMORY_WISHED = 4 * GIB;
    /** The images, and the volumes and the reports of a run. */
    private static final long DISK_NEEDED = 2 * GIB;

    private static final long DISK_WISHED = 5 * GIB;
    private static final int JAVA_NEEDED = 21;
    /** A connection of the load generator is an open file. */
    private static final long OPEN_FILES_WISHED = 8192;

    private Doctor() {}

    /**
     * @param plan the subnets that the lab is going to make
     * @return a finding per check, in the order of the checks
     */
    public static List<DoctorFinding> examine(HostFacts facts, List<Cidr> plan) {
        List<DoctorFinding> findings = new ArrayList<>();
        findings.add(engine(facts.engine()));
        if (facts.engine() instanceof EngineState.Answering engine) {
            findings.add(cgroup(engine));
            findings.add(networks(engine, plan));
            findings.add(leftovers(engine));
        }
        findings.add(routes(facts.routes(), plan));
        new TreeMap<>(facts.portInUse()).forEach((port, used) -> findings.add(port(port, used, facts.engine())));
        findings.add(memory(facts.memoryBytes()));
        findings.add(disk(facts.diskBytes()));
        findings.add(java(facts.javaVersion()));
        findings.add(maven(facts));
        findings.add(openFiles(facts.openFiles()));
        findings.add(netem(facts.netem()));
        return List.copyOf(findings);
    }

    private static DoctorFinding engine(EngineState state) {
        return switch (state) {
            case EngineState.Answering answering -> ok("engine", answering.version());
            case EngineState.Silent(String reason) -> fail("engine", "none answers", reason);
        };
    }

    private static DoctorFinding cgroup(EngineState.Answering engine) {
        return engine.cgroupVersion()
                .map(version -> ok("cgroup", "version " + version))
                .orElseGet(() -> warn("cgroup", "version not known", "limits of instances may not be enforced"));
    }

    private static DoctorFinding networks(EngineState.Answering engine, List<Cidr> plan) {
        String clashes = engine.subnets().entrySet().stream()
                .flatMap(network -> network.getValue().stream()
                        .filter(subnet -> plan.stream().anyMatch(subnet::overlaps))
                        .map(subnet -> network.getKey() + " " + subnet))
                .sorted()
                .collect(Collectors.joining(", "));
        return clashes.isEmpty()
                ? ok("networks", "none of the engine's has addresses of the lab's " + summary(plan))
                : fail(
                        "networks",
                        clashes + " has addresses of the lab's " + summary(plan),
                        "remove it (docker network rm NAME), or give the topology another vpc block");
    }

    private static DoctorFinding leftovers(EngineState.Answering engine) {
        return engine.leftovers().isEmpty()
                ? ok("leftovers", "none")
                : warn("leftovers", String.join(", ", engine.leftovers()), "`lab down` or the next start removes them");
    }

    private static DoctorFinding routes(List<HostFacts.Route> routes, List<Cidr> plan) {
        List<HostFacts.Route> clashes = routes.stream()
                .filter(route -> plan.stream().anyMatch(route.block()::overlaps))
                .toList();
        if (clashes.isEmpty()) {
            return ok("routes", "none leads to addresses of the lab's " + summary(plan));
        }
        String found = clashes.stream()
                        .map(route -> route.block() + " on " + route.device())
                        .collect(Collectors.joining(", "))
                + " has addresses of the lab's " + summary(plan);
        String fix = "give the topology another vpc block";
        // A wider route, such as a VPN's 10.0.0.0/8, is only hidden in part while the lab is up.
        boolean onlyWider = clashes.stream()
                .allMatch(route -> plan.stream()
                        .filter(route.block()::overlaps)
                        .allMatch(subnet -> route.block().prefix() < subnet.prefix()));
        return onlyWider
                ? warn(
                        "routes",
                        found,
                        "while the lab is up, those hosts are out of reach: " + fix + " if you need them")
                : fail("routes", found, fix + ", or leave that network");
    }

    private static DoctorFinding port(int port, boolean used, EngineState engine) {
        String subject = "port " + port;
        if (!used) {
            return ok(subject, "free");
        }
        if (engine instanceof EngineState.Answering(var version, var cgroup, var subnets, List<String> runs, var left)
                && !runs.isEmpty()) {
            return ok(subject, "in use while lab " + String.join(", ", runs) + " is up");
        }
        return fail(subject, "in use", "end what listens there (`ss -ltnp 'sport = :" + port + "'` shows it)");
    }

    private static DoctorFinding memory(long bytes) {
        if (bytes == 0) {
            return warn("memory", "not known", "the default stack needs " + size(MEMORY_NEEDED));
        }
        return amount("memory", bytes, MEMORY_NEEDED, MEMORY_WISHED, "end other programs, or use a larger machine");
    }

    private static DoctorFinding disk(long bytes) {
        return amount("disk", bytes, DISK_NEEDED, DISK_WISHED, "`docker image prune` frees what no container uses");
    }

    private static DoctorFinding amount(String subject, long bytes, long needed, long wished, String fix) {
        String found = size(bytes) + " free";
        if (bytes < needed) {
            return fail(subject, found + ", " + size(needed) + " needed", fix);
        }
        return bytes < wished
                ? warn(subject, found + ", " + size(wished) + " are comfortable", fix)
                : ok(subject, found);
    }

    private static DoctorFinding java(int version) {
        return version >= JAVA_NEEDED
                ? ok("java", Integer.toString(version))
                : fail("java", Integer.toString(version), "install a JDK " + JAVA_NEEDED + " or later");
    }

    private static DoctorFinding maven(HostFacts facts) {
        return facts.maven()
                .map(path -> ok("maven", path))
                .orElseGet(() -> warn("maven", "none", "needed to build: install Maven 3.8.7 or later"));
    }

    private static DoctorFinding openFiles(long limit) {
        if (limit == 0) {
            return warn("open files", "limit not known", "the load generator wants " + OPEN_FILES_WISHED);
        }
        return limit >= OPEN_FILES_WISHED
                ? ok("open files", "up to " + limit)
                : warn("open files", "up to " + limit, "ulimit -n " + OPEN_FILES_WISHED + ", for high rates");
    }

    private static DoctorFinding netem(boolean there) {
        return there
                ? ok("netem", "the kernel has sch_netem")
                : warn("netem", "the kernel lacks sch_netem", "faults that delay or drop packets cannot run here");
    }

    private static String summary(List<Cidr> plan) {
        return plan.size() == 1 ? plan.getFirst().toString() : plan.getFirst() + " … " + plan.getLast();
    }

    private static String size(long bytes) {
        return bytes >= GIB ? String.format("%.1f GiB", bytes / (double) GIB) : bytes / MIB + " MiB";
    }
}
