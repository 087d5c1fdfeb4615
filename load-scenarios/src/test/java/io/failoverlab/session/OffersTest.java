package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OffersTest {
    private static final Topology MULTI_AZ = TopologyFile.named("two-web-multi-az");

    private static Offers.Stack stack(Offers.Activity activity) {
        return new Offers.Stack(
                MULTI_AZ.nodes(),
                List.of("a", "c"),
                Optional.of("db-1"),
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
                .collect(java.util.stream.Collectors.toMap(OfferParameter::name, OfferParameter::value)));
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
                        "lab:KillProcess instance/web-1a: ./lab kill web-1a --process --for 60s",
                        "ec2:StopInstances instance/web-1a: ./lab stop web-1a --for 60s",
                        "lab:Pause instance/web-1a: ./lab pause web-1a --for 60s",
                        "lab:CpuStress instance/web-1a: ./lab stress web-1a --yes 5 --for 60s",
                        "lab:Hang instance/web-1a: ./lab fault hang web-1a --for 60s",
                        "lab:Deaf instance/web-1a: ./lab fault deaf web-1a --for 60s",
                        "lab:Slow instance/web-1a: ./lab fault slow web-1a --for 60s",
                        "lab:Cut instance/web-1a: ./lab fault cut web-1a --for 60s",
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
        assertThat(about("instance/db-2", Offers.Activity.NONE)).hasSize(8);
        assertThat(about("zone/c", Offers.Activity.NONE))
                .containsExactly(
                        "lab:AzPower zone/c: ./lab fault az c --for 60s",
                        "lab:AzNetwork zone/c: ./lab fault az c --network --for 60s",
                        "lab:HealZone zone/c: ./lab fault az c --undo");
        assertThat(about("db/db-1", Offers.Activity.NONE))
                .containsExactly("rds:RebootDBInstance db/db-1: ./lab failover db-1");
        assertThat(about("group/web", Offers.Activity.NONE))
                .containsExactly("autoscaling:SetDesiredCapacity group/web: ./lab scale web 2");
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
        assertThat(stress.request().apply(stress.read(Map.of("yes", "3", "for", "10"))))
                .isEqualTo(new ControlRequest.Inject(
                        "cpu-stress", "web-1a", 10_000, Map.of("yes", "3", "percent", "100"), false));
        for (String wrong : List.of("0", "3601", "-1", "1.5", "1e3", "30s", "99999999999", " 5")) {
            assertThatThrownBy(() -> kill.read(Map.of("for", wrong)))
                    .hasMessage("for: expected a whole number from 1 to 3600 s, found '" + wrong + "'");
        }
        assertThatThrownBy(() -> stress.read(Map.of("for", "10")))
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
                () -> new ActionDesk.Facts("r1", "two-web-multi-az", "", List.of()),
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
                () -> new ActionDesk.Facts("r1", "x", "", List.of()),
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
                shop.nodes(), shop.zones(), shop.multiAz(), shop.web(), false, shop.activity(), List.of("own")));
        assertThat(offers).noneMatch(it -> it.is("lab:StartLoad", "load"));
        assertThat(offers).anyMatch(it -> it.is("fis:StartExperiment", "experiment/own"));
    }

    @Test
    void whatIsOfferedIsToldWithEverythingThatAPageNeeds() throws Exception {
        ActionDesk desk = new ActionDesk(
                () -> new ActionDesk.Facts("r1", "x", "load of 100 requests a second", List.of()),
                () -> Offers.of(stack(Offers.Activity.NONE)).subList(0, 1),
                request -> ControlReply.done(""));
        assertThat(new JsonMapper().readTree(desk.apply("{\"ask\":\"offers\"}")))
                .isEqualTo(new JsonMapper().readTree("""
                        {"run":"r1","topology":"x","activity":"load of 100 requests a second","nodes":[],"offers":[
                          {"action":"lab:Kill","resource":"instance/lb","command":"./lab kill lb","parameters":[
                            {"name":"for","unit":"s","value":60,"minimum":1,"maximum":3600,"option":"--for {}s","optional":true}]}]}"""));
    }
}
