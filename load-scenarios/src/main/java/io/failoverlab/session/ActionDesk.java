package io.failoverlab.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Subnet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Answers the monitor's page: what can be done, and doing it. The page's user was let in and permitted by the monitor; here only
 * what is offered at this moment is done.
 */
final class ActionDesk implements UnaryOperator<String> {
    /**
     * What is there, beside the offers.
     *
     * @param activity what the lab itself does to its stack, in words; empty if nothing
     * @param faults that are not undone yet
     */
    record Facts(String run, String topology, String activity, List<PlacedNode> nodes, List<FaultStatus> faults) {
        Facts {
            nodes = List.copyOf(nodes);
            faults = List.copyOf(faults);
        }
    }

    /**
     * A server with its place.
     *
     * @param tier such as {@code web}
     * @param subnet its name
     * @param cidr the subnet's
     * @param state EC2's word
     * @param health of a target in ELB's word, of a database server its role
     * @param note why, in words; may be empty
     * @param names that lead clients to it now
     * @param source name of the server that it replicates from now; empty if from none
     */
    record PlacedNode(
            String name,
            String id,
            String tier,
            String zone,
            String subnet,
            String cidr,
            String address,
            String state,
            String health,
            String note,
            List<String> names,
            String source) {
        PlacedNode {
            names = List.copyOf(names);
        }

        static PlacedNode of(
                Node node, Subnet subnet, ControlReply.InstanceStatus status, List<String> names, String source) {
            return new PlacedNode(
                    node.name(),
                    status.id(),
                    node.tier().label(),
                    subnet.zone().azName(),
                    subnet.name(),
                    subnet.cidr().toString(),
                    status.address(),
                    status.state(),
                    status.target(),
                    status.reason(),
                    names,
                    source);
        }
    }

    private final Supplier<Facts> facts;
    private final Supplier<List<Offer>> offers;
    private final Function<ControlRequest, ControlReply> handler;
    private final JsonMapper json = new JsonMapper();

    /** @param handler may refuse by exception */
    ActionDesk(Supplier<Facts> facts, Supplier<List<Offer>> offers, Function<ControlRequest, ControlReply> handler) {
        this.facts = facts;
        this.offers = offers;
        this.handler = handler;
    }

    @Override
    public String apply(String line) {
        try {
            return json.writeValueAsString(answer(json.readTree(line)));
        } catch (JsonProcessingException notOurs) {
            return json.createObjectNode()
                    .put("done", false)
                    .put("message", "expected JSON, found: " + line)
                    .toString();
        } catch (RuntimeException failure) {
            // Whoever asks would wait for an answer in vain.
            return reply(false, String.valueOf(failure.getMessage())).toString();
        }
    }

    private JsonNode answer(JsonNode request) {
        return switch (request.path("ask").asText()) {
            case "offers" -> offers();
            case "act" -> act(request);
            default -> reply(false, "expected to be asked for offers or to act, found " + request);
        };
    }

    private ObjectNode offers() {
        try {
            ObjectNode answer = json.valueToTree(facts.get());
            answer.set("offers", json.valueToTree(offers.get()));
            return answer;
        } catch (RuntimeException failure) {
            return json.createObjectNode()
                    .put("problem", "The lab cannot tell what can be done: " + failure.getMessage());
        }
    }

    private ObjectNode act(JsonNode request) {
        String action = request.path("action").asText();
        String resource = request.path("resource").asText();
        Map<String, String> parameters = new LinkedHashMap<>();
        request.path("parameters")
                .properties()
                .forEach(it -> parameters.put(it.getKey(), it.getValue().asText()));
        try {
            Offer offer = offers.get().stream()
                    .filter(it -> it.is(action, resource))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "expected something that this lab offers now, found " + action + " on " + resource));
            ControlReply reply = handler.apply(offer.request().apply(offer.read(parameters)));
            return reply(reply.done(), reply.message());
        } catch (RuntimeException refused) {
            return reply(false, String.valueOf(refused.getMessage()));
        }
    }

    private ObjectNode reply(boolean done, String message) {
        return json.createObjectNode().put("done", done).put("message", message);
    }
}
