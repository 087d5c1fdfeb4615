package io.failoverlab.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.access.Decision;
import io.failoverlab.access.Permits;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be done from the page: {@code GET /actions} tells, {@code POST /actions} does it. The policy decides on the action and the
 * resource that the request names; the lab then does only what it offers by just these names, so that nothing else on this machine
 * can be meant. A request must have a header that no form and no foreign script can set without being asked for it first.
 */
final class ActionRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ActionRoutes.class);
    private static final String HEADER = "X-Lab-Action";
    private static final int MAX_BYTES = 1 << 14;
    private static final JsonMapper JSON = new JsonMapper();

    private final Optional<? extends Lab> lab;
    private final Permits permits;

    ActionRoutes(Optional<? extends Lab> lab, Permits permits) {
        this.lab = lab;
        this.permits = permits;
    }

    void register(JavalinConfig config) {
        config.routes.get("/actions", this::offers);
        config.routes.post("/actions", this::act);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void offers(Context http) throws IOException {
        ObjectNode answer = node();
        if (lab.isPresent()) {
            try {
                answer.setAll((ObjectNode) lab.get().ask(node().put("ask", "offers")));
            } catch (IOException gone) {
                answer.put("problem", silent(gone));
            }
        }
        for (JsonNode offer : answer.withArray("offers")) {
            Decision decision = permits.foresee(
                    http, offer.path("action").asText(), offer.path("resource").asText());
            ObjectNode shown = ((ObjectNode) offer).put("allowed", decision.allowed());
            if (decision instanceof Decision.Denied(String reason)) {
                shown.put("reason", reason);
            }
        }
        answer(http, 200, answer.put("role", permits.role(http).word()).put("lab", lab.isPresent()));
    }

    private static String silent(IOException gone) {
        return "The lab does not answer: " + gone.getMessage() + ".";
    }

    private void act(Context http) throws IOException {
        String contentType = http.contentType();
        if (contentType == null || !contentType.startsWith("application/json")) {
            refuse(http, 415, "expected Content-Type application/json, found " + contentType);
        } else if (http.header(HEADER) == null) {
            refuse(http, 403, "expected a header " + HEADER + ", which no other page can send, found none");
        } else {
            byte[] body = http.bodyInputStream().readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                refuse(http, 413, "expected at most " + MAX_BYTES + " bytes, found more");
            } else {
                read(http, body);
            }
        }
    }

    private void read(Context http, byte[] body) throws IOException {
        try {
            JsonNode asked = JSON.readTree(body);
            if (!asked.path("action").isTextual() || !asked.path("resource").isTextual()) {
                refuse(http, 400, "expected an object with the texts action and resource, found " + asked);
                return;
            }
            ObjectNode request = node().put("ask", "act")
                    .put("action", asked.get("action").asText())
                    .put("resource", asked.get("resource").asText());
            ObjectNode parameters = request.putObject("parameters");
            for (Map.Entry<String, JsonNode> parameter :
                    asked.path("parameters").properties()) {
                parameters.put(parameter.getKey(), parameter.getValue().asText());
            }
            carryOut(http, request);
        } catch (JsonProcessingException e) {
            refuse(http, 400, "expected JSON: " + e.getOriginalMessage());
        }
    }

    private void carryOut(Context http, ObjectNode request) {
        String action = request.get("action").asText();
        String resource = request.get("resource").asText();
        if (permits.decide(http, action, resource) instanceof Decision.Denied(String reason)) {
            refuse(http, 403, reason);
            return;
        }
        if (lab.isEmpty()) {
            refuse(http, 404, "this monitor belongs to no lab; `lab up` starts one with its own");
            return;
        }
        try {
            JsonNode answer =
                    lab.get().ask(request.put("role", permits.role(http).word()));
            boolean done = answer.path("done").asBoolean();
            String message = answer.path("message").asText();
            LOG.info(
                    "{} by {} on {}: {}",
                    action,
                    permits.role(http).word(),
                    resource,
                    message.replaceAll("\\p{Cntrl}+", " "));
            answer(http, done ? 200 : 409, node().put("done", done).put("message", message));
        } catch (IOException gone) {
            refuse(http, 503, silent(gone));
        }
    }

    private static void refuse(Context http, int status, String reason) {
        answer(http, status, node().put("done", false).put("message", reason));
    }

    private static void answer(Context http, int status, JsonNode body) {
        http.status(status).contentType("application/json").result(body.toString());
    }
}
