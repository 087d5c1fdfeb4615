package io.failoverlab.audit;

import io.failoverlab.audit.ContainerFacts.Mount;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The recommendations of the CIS Docker Benchmark 1.6.0, section 5 ("Container Runtime"), that a program can check, by its numbers.
 * Two that it leaves to people are among them, since they are as easily checked: 5.18 and 5.30. Left to people are 5.9 (only needed
 * ports), 5.19 (ulimits), 5.24 (commands as root) and 5.28 (the latest images).
 */
public enum Rule {
    SWARM("5.1", "no swarm mode"),
    APP_ARMOR("5.2", "an AppArmor profile", EngineFacts::appArmor, Rule::appArmor),
    SE_LINUX("5.3", "SELinux options", EngineFacts::seLinux, Rule::seLinux),
    CAPABILITIES("5.4", "no capabilities beyond the engine's default", Rule::capabilities),
    PRIVILEGED("5.5", "not privileged", it -> when(it.rights().privileged(), "it is privileged")),
    SENSITIVE_FOLDERS("5.6", "no sensitive folder of the host", Rule::sensitiveFolders),
    SSHD("5.7", "no sshd", Rule::sshd),
    PRIVILEGED_PORTS("5.8", "no port below 1024 published", Rule::privilegedPorts),
    HOST_NETWORK(
            "5.10",
            "a network of its own",
            it -> host("network", it.namespaces().network())),
    MEMORY("5.11", "a memory limit", it -> when(it.limits().memoryBytes() <= 0, "it has no memory limit")),
    CPU("5.12", "a processor limit", Rule::cpu),
    READ_ONLY_ROOT("5.13", "a read-only root", it -> when(!it.rights().readOnlyRoot(), "its root can be written")),
    PORT_ADDRESS("5.14", "ports on an address of the host", Rule::portAddress),
    RESTARTS("5.15", "at most 5 restarts", Rule::restarts),
    HOST_PID(
            "5.16",
            "processes of its own",
            it -> host("process", it.namespaces().pid())),
    HOST_IPC(
            "5.17",
            "shared memory of its own",
            it -> host("IPC", it.namespaces().ipc())),
    DEVICES(
            "5.18",
            "no device of the host",
            it -> names("it has the devices ", it.rights().devices())),
    PROPAGATION("5.20", "no shared mounts", Rule::propagation),
    HOST_UTS("5.21", "a host name of its own", it -> host("UTS", it.namespaces().uts())),
    SECCOMP("5.22", "the seccomp profile", Rule::seccomp),
    PRIVILEGED_COMMANDS("5.23", "no privileged command in it", it -> names("it ran ", it.privilegedCommands())),
    CGROUP("5.25", "the engine's control group", Rule::cgroup),
    NEW_PRIVILEGES("5.26", "no new privileges", Rule::newPrivileges),
    HEALTH("5.27", "a health check", it -> when(!it.healthCheck(), "the engine does not check its health")),
    PIDS("5.29", "a limit of processes", it -> when(it.limits().pids() <= 0, "it has no limit of processes")),
    DEFAULT_BRIDGE("5.30", "not on the default bridge", Rule::defaultBridge),
    HOST_USER(
            "5.31",
            "not the host's user namespace",
            it -> host("user", it.namespaces().user())),
    ENGINE_SOCKET("5.32", "not the engine's socket", Rule::engineSocket);

    /** Those of the host that a container may not have, nor anything below them. */
    private static final List<String> SENSITIVE =
            List.of("/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr", "/var/lib/docker", "/var/lib/containerd");

    /** What an engine grants unless told otherwise. */
    private static final Set<String> DEFAULT_CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "NET_RAW",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    private static final int MOST_RESTARTS = 5;
    private static final Set<String> EVERY_ADDRESS = Set.of("", "0.0.0.0", "::");

    private final String id;
    private final String title;
    private final Predicate<EngineFacts> applies;
    private final Function<ContainerFacts, Optional<String>> finding;

    Rule(String id, String title) {
        this(id, title, engine -> true, container -> Optional.empty());
    }

    Rule(String id, String title, Function<ContainerFacts, Optional<String>> finding) {
        this(id, title, engine -> true, finding);
    }

    Rule(String id, String title, Predicate<EngineFacts> applies, Function<ContainerFacts, Optional<String>> finding) {
        this.id = id;
        this.title = title;
        this.applies = applies;
        this.finding = finding;
    }

    /** The number in the benchmark. */
    public String id() {
        return id;
    }

    /** What should be. */
    public String title() {
        return title;
    }

    boolean appliesTo(EngineFacts engine) {
        return applies.test(engine);
    }

    /** What is wrong with the engine itself. */
    Optional<String> finding(EngineFacts engine) {
        return when(this == SWARM && engine.swarm(), "the engine is part of a swarm");
    }

    /** What is wrong with a container. */
    Optional<String> finding(ContainerFacts container) {
        return finding.apply(container);
    }

    private static Optional<String> when(boolean wrong, String found) {
        return wrong ? Optional.of(found) : Optional.empty();
    }

    private static Optional<String> names(String before, List<String> found) {
        return when(!found.isEmpty(), before + String.join(", ", found));
    }

    private static Optional<String> host(String namespace, String mode) {
        return when(mode.equals("host"), "it shares the host's " + namespace + " namespace");
    }

    private static Optional<String> appArmor(ContainerFacts container) {
        String profile = container.rights().appArmorProfile();
        return when(profile.isEmpty() || profile.equals("unconfined"), "it has no AppArmor profile");
    }

    private static Optional<String> seLinux(ContainerFacts container) {
        return when(
                container.rights().securityOptions().isEmpty() || has(container, "label:disable", "label=disable"),
                "it has no SELinux options");
    }

    private static Optional<String> capabilities(ContainerFacts container) {
        return names(
                "it may ",
                container.rights().addedCapabilities().stream()
                        .map(name -> name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""))
                        .filter(name -> !DEFAULT_CAPABILITIES.contains(name))
                        .toList());
    }

    private static Optional<String> sensitiveFolders(ContainerFacts container) {
        return names(
                "it has ",
                container.mounts().stream()
                        .filter(Mount::bound)
                        .map(Mount::source)
                        .filter(source -> source.equals("/")
                                || SENSITIVE.stream()
                                        .anyMatch(folder -> source.equals(folder) || source.startsWith(folder + "/")))
                        .toList());
    }

    private static Optional<String> sshd(ContainerFacts container) {
        return names(
                "it runs ",
                container.processes().stream()
                        .filter(line ->
                                line.split(" ", 2)[0].replaceFirst("^.*/", "").matches("sshd:?"))
                        .toList());
    }

    private static Optional<String> privilegedPorts(ContainerFacts container) {
        return names(
                "it publishes the port ",
                container.ports().stream()
                        .filter(port -> port.hostPort() > 0 && port.hostPort() < FIRST_UNPRIVILEGED_PORT)
                        .map(port -> Integer.toString(port.hostPort()))
                        .toList());
    }

    private static Optional<String> cpu(ContainerFacts container) {
        return when(
                container.limits().nanoCpus() <= 0 && container.limits().cpuShares() <= 0, "it has no processor limit");
    }

    private static Optional<String> portAddress(ContainerFacts container) {
        return names(
                "every address of the host leads to its port ",
                container.ports().stream()
                        .filter(port -> EVERY_ADDRESS.contains(port.address()))
                        .map(port -> Integer.toString(port.containerPort()))
                        .toList());
    }

    private static Optional<String> restarts(ContainerFacts container) {
        boolean forEver = Set.of("always", "unless-stopped").contains(container.restartPolicy());
        boolean often = container.restartPolicy().equals("on-failure")
                && (container.restarts() == 0 || container.restarts() > MOST_RESTARTS);
        return when(
                forEver || often,
                "its restart policy is " + container.restartPolicy() + ", at most "
                        + (container.restarts() == 0 ? "for ever" : Integer.toString(container.restarts())));
    }

    private static Optional<String> propagation(ContainerFacts container) {
        return names(
                "it shares ",
                container.mounts().stream()
                        .filter(mount -> Set.of("shared", "rshared").contains(mount.propagation()))
                        .map(Mount::target)
                        .toList());
    }

    private static Optional<String> seccomp(ContainerFacts container) {
        return when(has(container, "seccomp:unconfined", "seccomp=unconfined"), "its seccomp profile is off");
    }

    private static Optional<String> cgroup(ContainerFacts container) {
        return when(!container.cgroupParent().isEmpty(), "its control group is below " + container.cgroupParent());
    }

    private static Optional<String> newPrivileges(ContainerFacts container) {
        return when(
                !has(container, "no-new-privileges", "no-new-privileges:true", "no-new-privileges=true"),
                "it may get new privileges");
    }

    private static boolean has(ContainerFacts container, String... options) {
        return container.rights().securityOptions().stream().anyMatch(Set.of(options)::contains);
    }

    private static Optional<String> defaultBridge(ContainerFacts container) {
        boolean byMode =
                Set.of("default", "bridge").contains(container.namespaces().network());
        return when(byMode || container.namespaces().networks().contains("bridge"), "it is on the default bridge");
    }

    private static Optional<String> engineSocket(ContainerFacts container) {
        return names(
                "it has ",
                container.mounts().stream()
                        .map(Mount::source)
                        .filter(source -> source.matches(".*/(docker|containerd|podman)\\.sock"))
                        .toList());
    }
}
