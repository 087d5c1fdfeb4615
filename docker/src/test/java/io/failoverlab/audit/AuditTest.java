package io.failoverlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.audit.Audit.Outcome;
import io.failoverlab.audit.ContainerFacts.Limits;
import io.failoverlab.audit.ContainerFacts.Mount;
import io.failoverlab.audit.ContainerFacts.Namespaces;
import io.failoverlab.audit.ContainerFacts.Port;
import io.failoverlab.audit.ContainerFacts.Rights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final EngineFacts ENGINE = new EngineFacts(false, true, true);
    private static final Rights RIGHTS = new Rights(
            false, List.of(), List.of("ALL"), List.of("no-new-privileges"), "docker-default", true, List.of());
    private static final Namespaces NAMESPACES =
            new Namespaces("lab-1-web-a", List.of("lab-1-web-a", "lab-1-db-a"), "", "private", "", "");
    private static final Limits LIMITS = new Limits(1 << 30, 500_000_000, 0, 1024);
    private static final Mount FOLDER =
            new Mount("/run/user/0/failover-lab/1/nginx", "/etc/nginx/lab", true, false, "rprivate");
    private static final Port PORT = new Port("127.0.0.1", 8080, 8080);
    private static final ContainerFacts GOOD = container(RIGHTS, NAMESPACES, LIMITS);

    private static ContainerFacts container(Rights rights, Namespaces namespaces, Limits limits) {
        return new ContainerFacts(
                "lb",
                rights,
                namespaces,
                limits,
                List.of(FOLDER, new Mount("/var/lib/docker/volumes/x/_data", "/srv/mysql", false, true, "")),
                List.of(PORT),
                List.of("nginx: master process nginx", "tar -c /usr/sbin/sshd"),
                "no",
                0,
                true,
                "",
                List.of());
    }

    private static ContainerFacts with(Rights rights) {
        return container(rights, NAMESPACES, LIMITS);
    }

    private static ContainerFacts with(Namespaces namespaces) {
        return container(RIGHTS, namespaces, LIMITS);
    }

    private static ContainerFacts with(Limits limits) {
        return container(RIGHTS, NAMESPACES, limits);
    }

    private static ContainerFacts with(Mount mount) {
        return new ContainerFacts(
                "lb", RIGHTS, NAMESPACES, LIMITS, List.of(mount), List.of(), List.of(), "no", 0, true, "", List.of());
    }

    private static ContainerFacts with(Port port) {
        return new ContainerFacts(
                "lb", RIGHTS, NAMESPACES, LIMITS, List.of(), List.of(port), List.of(), "no", 0, true, "", List.of());
    }

    private static ContainerFacts withProcess(String line) {
        return new ContainerFacts(
                "lb", RIGHTS, NAMESPACES, LIMITS, List.of(), List.of(), List.of(line), "no", 0, true, "", List.of());
    }

    private static ContainerFacts withRestarts(String policy, int most) {
        return new ContainerFacts(
                "lb", RIGHTS, NAMESPACES, LIMITS, List.of(), List.of(), List.of(), policy, most, true, "", List.of());
    }

    private static ContainerFacts withRest(boolean healthCheck, String cgroup, List<String> commands) {
        return new ContainerFacts(
                "lb",
                RIGHTS,
                NAMESPACES,
                LIMITS,
                List.of(),
                List.of(),
                List.of(),
                "no",
                0,
                healthCheck,
                cgroup,
                commands);
    }

    private static Rights rights(String... options) {
        return new Rights(false, List.of(), List.of(), List.of(options), "docker-default", true, List.of());
    }

    /** For each rule what breaks it; every one of them breaks no other. */
    private static Map<Rule, List<ContainerFacts>> broken() {
        Map<Rule, List<ContainerFacts>> broken = new EnumMap<>(Rule.class);
        broken.put(
                Rule.APP_ARMOR,
                List.of(
                        with(new Rights(
                                false, List.of(), List.of(), List.of("no-new-privileges"), "", true, List.of())),
                        with(new Rights(
                                false,
                                List.of(),
                                List.of(),
                                List.of("no-new-privileges"),
                                "unconfined",
                                true,
                                List.of()))));
        broken.put(Rule.SE_LINUX, List.of(with(rights("no-new-privileges", "label=disable"))));
        broken.put(
                Rule.CAPABILITIES,
                List.of(with(new Rights(
                        false,
                        List.of("CHOWN", "CAP_net_admin"),
                        List.of(),
                        List.of("no-new-privileges"),
                        "x",
                        true,
                        List.of()))));
        broken.put(
                Rule.PRIVILEGED,
                List.of(with(
                        new Rights(true, List.of(), List.of(), List.of("no-new-privileges"), "x", true, List.of()))));
        broken.put(
                Rule.SENSITIVE_FOLDERS,
                List.of(
                        with(new Mount("/etc/ssl", "/x", true, false, "rprivate")),
                        with(new Mount("/", "/x", true, false, "rprivate")),
                        with(new Mount("/var/lib/docker", "/x", true, true, ""))));
        broken.put(Rule.SSHD, List.of(withProcess("/usr/sbin/sshd -D"), withProcess("sshd: root@pts/0")));
        broken.put(Rule.PRIVILEGED_PORTS, List.of(with(new Port("127.0.0.1", 443, 8443))));
        broken.put(Rule.HOST_NETWORK, List.of(with(new Namespaces("host", List.of("host"), "", "", "", ""))));
        broken.put(Rule.MEMORY, List.of(with(new Limits(0, 1, 0, 1))));
        broken.put(Rule.CPU, List.of(with(new Limits(1, 0, 0, 1))));
        broken.put(
                Rule.READ_ONLY_ROOT,
                List.of(with(
                        new Rights(false, List.of(), List.of(), List.of("no-new-privileges"), "x", false, List.of()))));
        broken.put(
                Rule.PORT_ADDRESS,
                List.of(
                        with(new Port("0.0.0.0", 8080, 80)),
                        with(new Port("", 8080, 80)),
                        with(new Port("::", 8080, 80))));
        broken.put(
                Rule.RESTARTS,
                List.of(
                        withRestarts("always", 0),
                        withRestarts("unless-stopped", 0),
                        withRestarts("on-failure", 6),
                        withRestarts("on-failure", 0)));
        broken.put(Rule.HOST_PID, List.of(with(new Namespaces("x", List.of(), "host", "", "", ""))));
        broken.put(Rule.HOST_IPC, List.of(with(new Namespaces("x", List.of(), "", "host", "", ""))));
        broken.put(
                Rule.DEVICES,
                List.of(with(new Rights(
                        false, List.of(), List.of(), List.of("no-new-privileges"), "x", true, List.of("/dev/sda")))));
        broken.put(
                Rule.PROPAGATION,
                List.of(
                        with(new Mount("/srv/x", "/x", true, true, "shared")),
                        with(new Mount("/srv/x", "/x", true, true, "rshared"))));
        broken.put(Rule.HOST_UTS, List.of(with(new Namespaces("x", List.of(), "", "", "host", ""))));
        broken.put(
                Rule.SECCOMP,
                List.of(
                        with(rights("no-new-privileges", "seccomp=unconfined")),
                        with(rights("no-new-privileges", "seccomp:unconfined"))));
        broken.put(Rule.PRIVILEGED_COMMANDS, List.of(withRest(true, "", List.of("ss -HK dst 10.0.20.10", "bash"))));
        broken.put(Rule.CGROUP, List.of(withRest(true, "/mine", List.of())));
        broken.put(Rule.NEW_PRIVILEGES, List.of(with(rights("label=type:x")), with(rights("no-new-privileges=false"))));
        broken.put(Rule.HEALTH, List.of(withRest(false, "", List.of())));
        broken.put(Rule.PIDS, List.of(with(new Limits(1, 1, 0, 0)), with(new Limits(1, 1, 0, -1))));
        broken.put(
                Rule.DEFAULT_BRIDGE,
                List.of(
                        with(new Namespaces("default", List.of(), "", "", "", "")),
                        with(new Namespaces("x", List.of("x", "bridge"), "", "", "", ""))));
        broken.put(Rule.HOST_USER, List.of(with(new Namespaces("x", List.of(), "", "", "", "host"))));
        broken.put(Rule.ENGINE_SOCKET, List.of(with(new Mount("/run/docker.sock", "/x", true, false, "rprivate"))));
        return broken;
    }

    @Test
    void aContainerThatKeepsToAllRulesPasses() {
        List<Audit.Result> results = Audit.of(ENGINE, List.of(GOOD));
        assertThat(results).extracting(Audit.Result::outcome).containsOnly(Outcome.OK);
        assertThat(results)
                .extracting(Audit.Result::rule)
                .startsWith("5.1", "5.2")
                .endsWith("5.31", "5.32")
                .hasSize(28);
        assertThat(Audit.passes(results)).isTrue();
    }

    @Test
    void everyRuleIsBrokenByWhatItIsAboutAndByNothingElse() {
        broken().forEach((rule, containers) -> containers.forEach(container -> assertThat(Arrays.stream(Rule.values())
                        .filter(it -> it.finding(container).isPresent()))
                .as(container.toString())
                .containsExactly(rule)));
        List<Rule> ofContainers = new ArrayList<>(List.of(Rule.values()));
        ofContainers.remove(Rule.SWARM);
        assertThat(broken().keySet()).containsExactlyElementsOf(ofContainers);
    }

    @Test
    void aSwarmIsToldOfTheEngine() {
        Audit.Result result =
                Audit.of(new EngineFacts(true, true, true), List.of(GOOD)).getFirst();
        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.findings()).containsExactly(new Audit.Finding("", "the engine is part of a swarm", ""));
    }

    @Test
    void whatTheKernelHasNotIsNotApplicable() {
        List<Audit.Result> results = Audit.of(
                new EngineFacts(false, false, false),
                List.of(with(
                        new Rights(false, List.of(), List.of(), List.of("no-new-privileges"), "", true, List.of()))));
        assertThat(results.stream().filter(it -> it.outcome() == Outcome.NOT_APPLICABLE))
                .extracting(Audit.Result::rule)
                .containsExactly("5.2", "5.3");
        assertThat(Audit.passes(results)).isTrue();
    }

    @Test
    void anExceptionHasItsReasonAndDoesNotFail() {
        List<Audit.Result> results = Audit.of(
                ENGINE, List.of(withRest(false, "", List.of("ip route replace unreachable 10.0.10.10/32 && ss -HK"))));
        assertThat(results.stream().filter(it -> it.outcome() == Outcome.EXCEPTION))
                .extracting(Audit.Result::rule)
                .containsExactly("5.23", "5.27");
        assertThat(results.stream().flatMap(it -> it.findings().stream()))
                .allMatch(it -> it.exception().length() > 20);
        assertThat(Audit.passes(results)).isTrue();
    }

    @Test
    void oneContainerWithoutAReasonFailsTheRuleForAll() {
        List<Audit.Result> results = Audit.of(
                ENGINE,
                List.of(
                        GOOD,
                        with(new Rights(
                                true, List.of(), List.of(), List.of("no-new-privileges"), "x", true, List.of()))));
        assertThat(results.stream().filter(it -> it.outcome() == Outcome.FAIL))
                .containsExactly(new Audit.Result(
                        "5.5",
                        "not privileged",
                        Outcome.FAIL,
                        2,
                        List.of(new Audit.Finding("lb", "it is privileged", ""))));
        assertThat(Audit.passes(results)).isFalse();
    }
}
