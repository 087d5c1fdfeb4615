package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.HostFacts.EngineState;
import io.failoverlab.engine.HostFacts.Route;
import io.failoverlab.topology.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoctorTest {
    private static final List<Cidr> PLAN = List.of(Cidr.parse("10.0.1.0/24"), Cidr.parse("10.0.21.0/24"));
    private static final long GIB = 1024L * 1024 * 1024;

    private static final EngineState.Answering ENGINE = new EngineState.Answering(
            "Docker 28.2.2 (API 1.50)",
            Optional.of(2),
            Map.of("bridge", List.of(Cidr.parse("172.17.0.0/16"))),
            List.of(),
            List.of());

    private static final HostFacts HEALTHY = facts(ENGINE, Map.of(8480, false, 8490, false), List.of());

    @Test
    void healthyMachineIsAllRight() {
        assertThat(lines(HEALTHY))
                .containsExactly(
                        "OK    engine      Docker 28.2.2 (API 1.50)",
                        "OK    cgroup      version 2",
                        "OK    networks    none of the engine's has addresses of the lab's 10.0.1.0/24 … 10.0.21.0/24",
                        "OK    leftovers   none",
                        "OK    routes      none leads to addresses of the lab's 10.0.1.0/24 … 10.0.21.0/24",
                        "OK    port 8480   free",
                        "OK    port 8490   free",
                        "OK    memory      8.0 GiB free",
                        "OK    disk        50.0 GiB free",
                        "OK    java        25",
                        "OK    maven       /usr/bin/mvn",
                        "OK    open files  up to 20000",
                        "OK    netem       the kernel has sch_netem");
    }

    @Test
    void withoutEngineItIsSaidHowToGetOneAndNothingIsSaidAboutItsNetworks() {
        HostFacts facts = facts(new EngineState.Silent("install Docker"), Map.of(), List.of());

        assertThat(lines(facts))
                .startsWith("FAIL  engine      none answers; install Docker")
                .noneMatch(line -> line.contains("networks") || line.contains("leftovers"));
    }

    @Test
    void networkOfTheEngineWithTheSameAddressesIsAFailure() {
        HostFacts facts = facts(
                new EngineState.Answering(
                        "Docker",
                        Optional.of(1),
                        Map.of("vpn", List.of(Cidr.parse("10.0.0.0/8")), "far", List.of(Cidr.parse("10.1.0.0/16"))),
                        List.of(),
                        List.of()),
                Map.of(),
                List.of());

        assertThat(lines(facts))
                .contains("FAIL  networks    vpn 10.0.0.0/8 has addresses of the lab's 10.0.1.0/24 … 10.0.21.0/24;"
                        + " remove it (docker network rm NAME), or give the topology another vpc block");
    }

    @Test
    void routeIntoTheLabsSubnetsIsAFailureAndAWiderOneAWarning() {
        assertThat(routeLine("tun0", "10.0.21.0/25"))
                .startsWith("FAIL  routes      10.0.21.0/25 on tun0 has addresses");
        assertThat(routeLine("tun0", "10.0.21.0/24")).startsWith("FAIL  routes");
        assertThat(routeLine("tun0", "10.0.0.0/8"))
                .isEqualTo("WARN  routes      10.0.0.0/8 on tun0 has addresses of the lab's 10.0.1.0/24 … 10.0.21.0/24;"
                        + " while the lab is up, those hosts are out of reach: give the topology another vpc block"
                        + " if you need them");
        assertThat(routeLine("eth0", "10.0.22.0/24")).startsWith("OK    routes");
    }

    @Test
    void portInUseIsAFailureUnlessALabIsUp() {
        Map<Integer, Boolean> used = Map.of(8480, true);
        EngineState up = new EngineState.Answering("Docker", Optional.of(1), Map.of(), List.of("r1"), List.of());

        assertThat(lines(facts(ENGINE, used, List.of())))
                .contains("FAIL  port 8480   in use; end what listens there (`ss -ltnp 'sport = :8480'` shows it)");
        assertThat(lines(facts(up, used, List.of()))).contains("OK    port 8480   in use while lab r1 is up");
    }

    @Test
    void leftoversAreNamed() {
        EngineState state = new EngineState.Answering(
                "Docker", Optional.empty(), Map.of(), List.of(), List.of("lab-r1-lb", "lab-r1-web-1a"));

        assertThat(lines(facts(state, Map.of(), List.of())))
                .contains(
                        "WARN  cgroup      version not known; limits of instances may not be enforced",
                        "WARN  leftovers   lab-r1-lb, lab-r1-web-1a; `lab down` or the next start removes them");
    }

    @Test
    void smallMachineIsToldWhatIsMissing() {
        HostFacts small = new HostFacts(ENGINE, Map.of(), List.of(), GIB, 3 * GIB, 17, Optional.empty(), false, 1024);

        assertThat(lines(small))
                .endsWith(
                        "FAIL  memory      1.0 GiB free, 2.0 GiB needed; end other programs, or use a larger machine",
                        "WARN  disk        3.0 GiB free, 5.0 GiB are comfortable;"
                                + " `docker image prune` frees what no container uses",
                        "FAIL  java        17; install a JDK 21 or later",
                        "WARN  maven       none; needed to build: install Maven 3.8.7 or later",
                        "WARN  open files  up to 1024; ulimit -n 8192, for high rates",
                        "WARN  netem       the kernel lacks sch_netem; faults that delay or drop packets cannot run here");
    }

    private static String routeLine(String device, String block) {
        return lines(facts(ENGINE, Map.of(), List.of(new Route(device, Cidr.parse(block))))).stream()
                .filter(line -> line.contains("routes"))
                .findFirst()
                .orElseThrow();
    }

    private static HostFacts facts(EngineState engine, Map<Integer, Boolean> ports, List<Route> routes) {
        return new HostFacts(engine, ports, routes, 8 * GIB, 50 * GIB, 25, Optional.of("/usr/bin/mvn"), true, 20_000);
    }

    private static List<String> lines(HostFacts facts) {
        return Doctor.examine(facts, PLAN).stream().map(DoctorFinding::toString).toList();
    }
}
