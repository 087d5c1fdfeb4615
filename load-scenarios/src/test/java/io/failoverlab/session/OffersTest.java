package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failoverlab.fault.Faults;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OffersTest {
    private static final Topology MULTI_AZ = TopologyFile.named("two-web-multi-az");

    private static Offers.Stack stack(Offers.Activity activity) {
        return new Offers.Stack(
                MULTI_AZ.nodes(),
                List.of("a", "c"),
                "db-1",
                true,
                new GroupSize(1, 2, 20),
                true,
                activity,
                List.of("kill-one-web"));
    }

    /** Action, resource and command with the parameters that are proposed. */
    private static List<String> lines(List<Offer> offers) {
        return offers.stream()
                .map(offer -> offer.action() + " " + offer.resource() + ": " + offer.command(proposed(offer)))
                .toList();
    }

    static Offer.Given proposed(Offer offer) {
        return new Offer.Given(offer.parameters().stream()
                .filter(parameter -> !parameter.value().isEmpty())
                .collect(Collectors.toMap(OfferParameter::name, OfferParameter::value)));
    }

    private static List<String> about(String resource, Offers.Activity activity) {
        return lines(Offers.of(stack(activity))).stream()
                .filter(line -> line.contains(" " + resource + ": "))
                .toList();
    }

    @Test
    void whatCanBeDoneToEachPartOfAStack() {
        assertThat(about("instance/web-1a", Offers.Activity.NONE))
                .containsExactly(
                        "lab:Kill instance/web-1a: ./lab kill web-1a --for 60s",
                        "lab:KillProcess instance/web-1a: ./lab fault kill-process web-1a --signal KILL --for 60s",
                        "ec2:StopInstances instance/web-1a: ./lab stop web-1a --for 60s",
                        "lab:Pause instance/web-1a: ./lab pause web-1a --for 60s",
                        "lab:Cut instance/web-1a: ./lab fault cut web-1a --for 60s",
                        "lab:Hang instance/web-1a: ./lab fault hang web-1a --for 60s",
                        "lab:Deaf instance/web-1a: ./lab fault deaf web-1a --for 60s",
                        "lab:Slow instance/web-1a: ./lab fault slow web-1a --for 60s",
                        "lab:CpuStress instance/web-1a: ./lab fault cpu-stress web-1a --yes 5 --percent 100 --for 60s",
                        "lab:MemoryStress instance/web-1a: ./lab fault memory-stress web-1a --percent 90 --for 60s",
                        "lab:IoStress instance/web-1a: ./lab fault io-stress web-1a --workers 1 --for 60s",
                        "lab:DiskFull instance/web-1a: ./lab fault disk-full web-1a --percent 100 --for 60s",
                        "lab:Reset instance/web-1a: ./lab fault reset web-1a --for 60s",
                        "lab:PortClosed instance/web-1a: ./lab fault port-closed web-1a --port 8080 --for 60s",
                        "lab:BlackholePort instance/web-1a: ./lab fault blackhole-port web-1a --port 8080"
                                + " --protocol tcp --traffic ingress --for 60s",
                        "lab:PacketLoss instance/web-1a: ./lab fault packet-loss web-1a --percent 7 --for 60s",
                        "lab:Latency instance/web-1a: ./lab fault latency web-1a --delay 200ms --jitter 0s --for 60s",
                        "ec2:TerminateInstances instance/web-1a: ./lab terminate web-1a",
                        "ec2:StartInstances instance/web-1a: ./lab start web-1a",
                        "ec2:RebootInstances instance/web-1a: ./lab reboot web-1a");
        assertThat(about("instance/lb", Offers.Activity.NONE))
                .containsExactly(
                        "lab:Kill instance/lb: ./lab kill lb --for 60s",
                        "ec2:StopInstances instance/lb: ./lab stop lb --for 60s",
                        "lab:Pause instance/lb: ./lab pause lb --for 60s",
                        "ec2:StartInstances instance/lb: ./lab start lb",
                        "ec2:RebootInstances instance/lb: ./lab reboot lb");
        assertThat(about("instance/db-2", Offers.Activity.NONE))
                .contains("lab:ReplicaLag instance/db-2: ./lab fault replica-lag db-2 --delay 5s --for 60s")
                .noneMatch(line -> line.startsWith("lab:Deaf"))
                .noneMatch(line -> line.startsWith("ec2:TerminateInstances"));
        assertThat(about("zone/c", Offers.Activity.NONE))
                .containsExactly(
                        "lab:AzPower zone/c: ./lab fault az c --power --for 60s",
                        "lab:AzNetwork zone/c: ./lab fault az c --network --for 60s",
                        "lab:HealZone zone/c: ./lab fault az c --undo");
        assertThat(about("db/db-1", Offers.Activity.NONE))
                .containsExactly(
                        "rds:RebootDBInstance db/db-1: ./lab failover db-1",
                        "lab:ConnectionsExhausted db/db-1: ./lab fault connections-exhausted db-1 --for 60s",
                        "lab:DnsStale db/db-1: ./lab fault dns-stale db-1 --for 60s");
        assertThat(about("group/web", Offers.Activity.NONE))
                .containsExactly("autoscaling:SetDesiredCapacity group/web: ./lab scale web 2");
    }

    /** Whoever adds a fault has it on the page, where it can strike. */
    @Test
    void everyKindOfFaultIsOfferedSomewhere() {
        assertThat(Offers.of(stack(Offers.Activity.NONE)).stream()
                        .map(offer -> offer.request().apply(proposed(offer)))
                        .flatMap(request -> request instanceof ControlRequest.Inject inject
                                ? Stream.of(inject.fault())
                                : Stream.of())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Faults.names().stream()
                        .filter(name ->
                                !Set.of("reboot", "terminate", "failover").contains(name))
                        .toList());
    }

    @Test
    void aDatabaseThatStandsAloneCannotFailOverNorLagBehind() {
        List<String> lines = lines(Offers.of(new Offers.Stack(
                TopologyFile.named("two-web-one-db").nodes(),
                List.of("a", "c"),
                "db-1",
                false,
                new GroupSize(1, 2, 20),
                true,
                Offers.Activity.NONE,
                List.of())));
        assertThat(lines)
                .anyMatch(line -> line.startsWith("lab:ConnectionsExhausted db/db-1"))
                .noneMatch(line -> line.contains("rds:"))
                .noneMatch(line -> line.contains("lab:DnsStale"))
                .noneMatch(line -> line.contains("lab:ReplicaLag"));
    }

    @Test
    void aReadReplicaCanBePromoted() {
        assertThat(lines(Offers.of(new Offers.Stack(
                        TopologyFile.named("two-web-read-replica").nodes(),
                        List.of("a", "c"),
                        "db-1",
                        false,
                        new GroupSize(1, 2, 20),
                        true,
                        Offers.Activity.NONE,
                        List.of()))))
                .contains(
                        "rds:PromoteReadReplica db/db-1-replica: ./lab promote db-1-replica",
                        "lab:ReplicaLag instance/db-1-replica: ./lab fault replica-lag db-1-replica --delay 5s --for 60s");
    }

    @Test
    void whatIsNoNumberIsReadByItsFormToo() {
        List<Offer> offers = Offers.of(stack(Offers.Activity.NONE));
        Offer kill = offer(offers, "lab:KillProcess", "instance/web-1a");
        Offer latency = offer(offers, "lab:Latency", "instance/web-1a");

        assertThat(kill.request().apply(kill.read(Map.of("signal", "TERM", "process", "java", "for", "30"))))
                .isEqualTo(new ControlRequest.Inject(
                        "kill-process", "web-1a", 30_000, Map.of("signal", "TERM", "process", "java"), false));
        assertThatThrownBy(() -> kill.read(Map.of("signal", "STOP")))
                .hasMessage("signal: expected one of KILL, TERM, INT, QUIT, HUP, ABRT, SEGV, found 'STOP'");
        assertThatThrownBy(() -> kill.read(Map.of("signal", "KILL", "process", "a; rm -rf /")))
                .hasMessageStartingWith("process: expected a name of 1 to 64 letters");
        assertThatThrownBy(() -> latency.read(Map.of("delay", "2h", "jitter", "0s")))
                .hasMessage("delay: expected a duration from 1ms to 1m, found '2h'");
    }

    @Test
    void theLabItselfDoesOneThingAtATime() {
        List<String> start = List.of("lab:StartLoad load: ./lab load --rate 100 --for 60s");
        List<String> run = List.of("fis:StartExperiment experiment/kill-one-web: ./lab run kill-one-web --here");
        assertThat(about("load", Offers.Activity.NONE)).isEqualTo(start);
        assertThat(about("experiment/kill-one-web", Offers.Activity.NONE)).isEqualTo(run);
        assertThat(about("load", Offers.Activity.LOAD)).containsExactly("lab:StopLoad load: ./lab load --stop");
        assertThat(about("experiment/kill-one-web", Offers.Activity.LOAD)).isEmpty();
        assertThat(about("load", Offers.Activity.EXPERIMENT)).isEmpty();
        assertThat(about("experiment/kill-one-web", Offers.Activity.EXPERIMENT)).isEmpty();
    }

    @Test
    void aParameterIsANumberInItsRangeOrLeftOutWhereItMayBe() {
        List<Offer> offers = Offers.of(stack(Offers.Activity.NONE));
        Offer kill = offer(offers, "lab:Kill", "instance/web-1a");
        Offer stress = offer(offers, "lab:CpuStress", "instance/web-1a");

        assertThat(kill.request().apply(kill.read(Map.of("for", "30"))))
                .isEqualTo(new ControlRequest.Inject("kill", "web-1a", 30_000, Map.of(), false));
        assertThat(kill.request().apply(kill.read(Map.of("for", ""))))
                .isEqualTo(new ControlRequest.Inject("kill", "web-1a", 0, Map.of(), false));
        assertThat(kill.command(kill.read(Map.of()))).isEqualTo("./lab kill web-1a");
        assertThat(stress.request().apply(stress.read(Map.of("yes", "3", "percent", "100", "for", "10"))))
                .isEqualTo(new ControlRequest.Inject(
                        "cpu-stress", "web-1a", 10_000, Map.of("yes", "3", "percent", "100"), false));
        for (String wrong : List.of("0", "3601", "-1", "1.5", "1e3", "30s", "99999999999", " 5")) {
            assertThatThrownBy(() -> kill.read(Map.of("for", wrong)))
                    .hasMessage("for: expected a whole number from 1 to 3600 s, found '" + wrong + "'");
        }
        assertThatThrownBy(() -> stress.read(Map.of("for", "10", "percent", "100")))
                .hasMessage("yes: expected a whole number from 1 to 64, found ''");
        assertThatThrownBy(() -> kill.read(Map.of("force", "1")))
                .hasMessage("expected of lab:Kill only the parameters [for], found 'force'");
    }

    private static Offer offer(List<Offer> offers, String action, String resource) {
        return offers.stream().filter(it -> it.is(action, resource)).findFirst().orElseThrow();
    }

    @Test
    void theDeskDoesWhatIsOfferedAndNothingElse() throws Exception {
        List<ControlRequest> done = new ArrayList<>();
        ActionDesk desk = new ActionDesk(
                () -> new ActionDesk.Facts("r1", "two-web-multi-az", "", List.of(), List.of()),
                () -> Offers.of(stack(Offers.Activity.NONE)),
                request -> {
                    done.add(request);
                    return ControlReply.done("done");
                });

        assertThat(ask(desk, "lab:Kill", "instance/web-1a")).isEqualTo("true done");
        assertThat(done).containsExactly(new ControlRequest.Inject("kill", "web-1a", 0, Map.of(), false));
        for (String foreign : List.of(
                "instance/somebodys-container",
                "instance/0123456789ab",
                "instance/i-0123456789abcdef0",
                "instance/WEB-1A",
                "instance/web-1a ",
                "instance/*",
                "zone/b",
                "web-1a")) {
            assertThat(ask(desk, "lab:Kill", foreign))
                    .isEqualTo("false expected something that this lab offers now, found lab:Kill on " + foreign);
        }
        for (String verb : List.of("down", "lab:Down", "lab:Query", "lab:kill", "kill")) {
            assertThat(ask(desk, verb, "instance/web-1a")).startsWith("false expected something that this lab offers");
        }
        assertThat(done).hasSize(1);
        assertThat(desk.apply("{\"ask\":\"query\",\"sql\":\"DROP TABLE orders\"}"))
                .contains("\"done\":false");
        assertThat(desk.apply("no JSON")).contains("\"done\":false");
    }

    private static String ask(ActionDesk desk, String action, String resource) throws Exception {
        JsonMapper json = new JsonMapper();
        JsonNode reply = json.readTree(desk.apply(json.writeValueAsString(
                Map.of("ask", "act", "action", action, "resource", resource, "parameters", Map.of()))));
        return reply.path("done").asBoolean() + " " + reply.path("message").asText();
    }

    @Test
    void aRefusalIsToldWithItsReason() throws Exception {
        ActionDesk desk = new ActionDesk(
                () -> new ActionDesk.Facts("r1", "x", "", List.of(), List.of()),
                () -> Offers.of(stack(Offers.Activity.NONE)),
                request -> {
                    throw new IllegalArgumentException("expected web-1a to be running, found it stopped");
                });
        assertThat(ask(desk, "lab:Kill", "instance/web-1a"))
                .isEqualTo("false expected web-1a to be running, found it stopped");
    }

    @Test
    void aDeskThatCannotTellWhatIsThereSaysSo() throws Exception {
        ActionDesk desk = new ActionDesk(
                () -> {
                    throw new IllegalStateException("the engine does not answer");
                },
                () -> {
                    throw new IllegalStateException("the engine does not answer");
                },
                request -> ControlReply.done(""));
        assertThat(new JsonMapper().readTree(desk.apply("{\"ask\":\"offers\"}")))
                .isEqualTo(new JsonMapper()
                        .readTree(
                                "{\"problem\":\"The lab cannot tell what can be done: the engine does not answer\"}"));
        assertThat(ask(desk, "lab:Kill", "instance/web-1a")).isEqualTo("false the engine does not answer");
    }

    @Test
    void aTierThatIsNoGroupMayBeScaledThoughNoneIsLeft() {
        assertThat(PageActions.sizeOf(0)).isEqualTo(new GroupSize(0, 0, 20));
        assertThat(PageActions.sizeOf(1)).isEqualTo(new GroupSize(1, 1, 20));
        assertThat(PageActions.sizeOf(20)).isEqualTo(new GroupSize(1, 20, 20));
    }

    @Test
    void anApplicationOfTheUsersIsNotOfferedTheShopsLoad() {
        Offers.Stack shop = stack(Offers.Activity.NONE);
        List<Offer> offers = Offers.of(new Offers.Stack(
                shop.nodes(), shop.zones(), "db-1", true, shop.web(), false, shop.activity(), List.of("own")));
        assertThat(offers).noneMatch(it -> it.is("lab:StartLoad", "load"));
        assertThat(offers).anyMatch(it -> it.is("fis:StartExperiment", "experiment/own"));
    }

    @Test
    void whatIsOfferedIsToldWithEverythingThatAPageNeeds() throws Exception {
        ActionDesk desk = new ActionDesk(
                () -> new ActionDesk.Facts(
                        "r1",
                        "x",
                        "load of 100 requests a second",
                        List.of(),
                        List.of(new FaultStatus(
                                "kill",
                                "web-1a",
                                List.of("web-1a"),
                                "2026-01-02T03:04:05Z",
                                "",
                                true,
                                "exit code 137"))),
                () -> Offers.of(stack(Offers.Activity.NONE)).subList(0, 1),
                request -> ControlReply.done(""));
        assertThat(new JsonMapper().readTree(desk.apply("{\"ask\":\"offers\"}")))
                .isEqualTo(new JsonMapper().readTree("""
                        {"run":"r1","topology":"x","activity":"load of 100 requests a second","nodes":[],
                         "faults":[{"fault":"kill","where":"web-1a","instances":["web-1a"],"since":"2026-01-02T03:04:05Z","until":"",
                           "tookEffect":true,"evidence":"exit code 137"}],"offers":[
                          {"action":"lab:Kill","resource":"instance/lb","summary":"SIGKILL to the whole instance.",
                           "command":"./lab kill lb","parameters":[
                            {"name":"for","meaning":"","unit":"s","value":"60","control":{"type":"Number","min":1,"max":3600},
                             "option":"--for {}s","optional":true}]}]}"""));
    }
}
