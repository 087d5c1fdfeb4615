package io.failoverlab.simulation;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.failoverlab.history.FailureCause;
import io.failoverlab.history.RequestSample;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.RateStep;
import io.failoverlab.profile.Rates;
import io.failoverlab.simulation.VisitPlan.Visit;
import io.gatling.http.client.Request;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The customers, for Gatling, which makes it by reflection: hence public, and its setup comes from the directory named by
 * a system property. Each customer makes one request and leaves, so that the rate of customers is the rate of requests.
 */
public final class LoadSimulation extends Simulation {
    static final String DIRECTORY_PROPERTY = "failoverlab.load.directory";
    static final String KEY_HEADER = "Idempotency-Key";
    private static final String NAME = "name";
    private static final String PATH = "path";
    private static final String KEY = "key";
    private static final String JSON = "json";
    private static final String ORDER_ID = "orderId";
    private static final String SENT = "sent";
    private static final String ITEM = "item";
    private static final String VERSION = "version";
    private static final String BEGUN = "begun";
    private static final String KIND = "kind";
    private static final String READ = "read";
    private static final String LOOK = "look";
    /** How the shop's page of an item shows its version; another application's need not. */
    private static final String SHOWN_VERSION = "<span id=\"version\">(\\d{1,18})</span>";

    private static final int OK = 200;
    private static final int CREATED = 201;

    private final VisitPlan visits;
    private final LedgerWriter ledger;
    private final ItemVersionWriter versions;
    private final InstantSource clock = InstantSource.system();

    public LoadSimulation() throws IOException {
        Path directory = Path.of(System.getProperty(DIRECTORY_PROPERTY));
        LoadSetup setup = LoadSetup.read(directory);
        LoadProfile profile = setup.profile();
        visits = new VisitPlan(
                setup.runId(), profile.simulation(), profile.seed(), profile.orderShare(), profile.paths());
        ledger = new LedgerWriter(directory, clock);
        versions = new ItemVersionWriter(directory);
        setUp(customers(setup.simulation()).injectOpen(arrivals(profile.rates(), 1)))
                .protocols(protocol(setup.target()));
    }

    private ScenarioBuilder customers(String name) {
        return scenario(name)
                .exec(this::decide)
                .exec(doSwitch("#{" + KIND + "}")
                        .on(
                                onCase(RequestSample.WRITE).then(exec(order()).exec(this::settle)),
                                onCase(RequestSample.CHANGE)
                                        .then(exec(reprice()).exec(session -> note(session, true))),
                                onCase(LOOK).then(exec(look()).exec(session -> note(session, false))),
                                onCase(READ).then(exec(read()))));
    }

    /** @param scenarios that share the customers evenly */
    static List<OpenInjectionStep> arrivals(Rates rates, int scenarios) {
        return rates.steps().stream().map(step -> arrivals(step, scenarios)).toList();
    }

    private static OpenInjectionStep arrivals(RateStep step, double scenarios) {
        if (step.from() != step.to()) {
            return rampUsersPerSec(step.from() / scenarios)
                    .to(step.to() / scenarios)
                    .during(step.length());
        }
        return step.from() == 0
                ? nothingFor(step.length())
                : constantUsersPerSec(step.from() / scenarios).during(step.length());
    }

    private static HttpProtocolBuilder protocol(String target) {
        return http.baseUrl(target)
                .warmUp(target + "/healthz")
                .shareConnections()
                .disableFollowRedirect()
                .disableCaching()
                .userAgentHeader("failover-lab")
                .sign(LoadSimulation::refuseToSendTwice);
    }

    /**
     * Gatling's client sends a request again, unseen, when a kept-alive connection closes before the answer has begun. That
     * would hide a lost request, and perhaps order twice. It cannot be switched off, but whatever is about to be written
     * passes here first, so the second time is made an error.
     */
    private static Request refuseToSendTwice(Request request, Session session) {
        AtomicBoolean sent = session.get(SENT);
        if (!sent.compareAndSet(false, true)) {
            throw new UncheckedIOException(new IOException(FailureCause.CLOSED_UNDER_IT));
        }
        return request;
    }

    private Session decide(Session session) {
        Session ready = session.set(SENT, new AtomicBoolean()).set(BEGUN, clock.millis());
        return switch (visits.of(session.userId())) {
            case Visit.Read read -> ready.set(KIND, READ).set(NAME, read.name()).set(PATH, read.path());
            case Visit.Look look -> ready.set(KIND, LOOK).set(ITEM, look.item()).set(PATH, look.path());
            case Visit.Reprice reprice ->
                ready.set(KIND, RequestSample.CHANGE)
                        .set(ITEM, reprice.item())
                        .set(PATH, reprice.path())
                        .set(JSON, reprice.json());
            case Visit.Order order -> {
                ledger.attempted(order.key());
                yield ready.set(KIND, RequestSample.WRITE).set(KEY, order.key()).set(JSON, order.json());
            }
        };
    }

    private static HttpRequestActionBuilder look() {
        return http("item")
                .get("#{" + PATH + "}")
                .check(
                        status().is(OK),
                        // Converted later: a conversion here would also be asked for one where there is no version.
                        regex(SHOWN_VERSION).optional().saveAs(VERSION));
    }

    private static HttpRequestActionBuilder reprice() {
        return http(RequestSample.CHANGE)
                .put("#{" + PATH + "}")
                .header("Content-Type", "application/json")
                .body(StringBody("#{" + JSON + "}"))
                .check(status().is(OK), jsonPath("$.version").ofLong().saveAs(VERSION));
    }

    private Session note(Session session, boolean changed) {
        if (!session.isFailed() && session.contains(VERSION)) {
            Object version = session.get(VERSION);
            long known = Long.parseLong(version.toString());
            versions.answered(session.getLong(ITEM), known, changed, session.getLong(BEGUN), clock.millis());
        }
        return session;
    }

    private static HttpRequestActionBuilder read() {
        return http("#{" + NAME + "}").get("#{" + PATH + "}").check(status().is(OK));
    }

    private static HttpRequestActionBuilder order() {
        return http(RequestSample.WRITE)
                .post("/api/orders")
                .header(KEY_HEADER, "#{" + KEY + "}")
                .header("Content-Type", "application/json")
                .body(StringBody("#{" + JSON + "}"))
                .check(
                        status().in(OK, CREATED),
                        jsonPath("$.key")
                                .transformWithSession(
                                        (String key, Session session) -> key.equals(session.getString(KEY)))
                                .is(true)
                                .name("the answer is about the order that was sent"),
                        jsonPath("$.id").ofLong().saveAs(ORDER_ID));
    }

    private Session settle(Session session) {
        if (!session.isFailed()) {
            ledger.acknowledged(session.getString(KEY), session.getLong(ORDER_ID));
        }
        return session;
    }
}
