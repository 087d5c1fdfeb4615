package io.failoverlab.simulation;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
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
    private static final int OK = 200;
    private static final int CREATED = 201;

    private final VisitPlan visits;
    private final LedgerWriter ledger;

    public LoadSimulation() throws IOException {
        Path directory = Path.of(System.getProperty(DIRECTORY_PROPERTY));
        LoadSetup setup = LoadSetup.read(directory);
        LoadProfile profile = setup.profile();
        visits = new VisitPlan(setup.runId(), profile.seed(), profile.orderShare(), profile.paths());
        ledger = new LedgerWriter(directory, InstantSource.system());
        setUp(customers(setup.simulation()).injectOpen(arrivals(profile.rates())))
                .protocols(protocol(setup.target()));
    }

    private ScenarioBuilder customers(String name) {
        return scenario(name)
                .exec(this::decide)
                .exec(doIfOrElse(session -> session.contains(KEY))
                        .then(exec(order()).exec(this::settle))
                        .orElse(exec(read())));
    }

    private static OpenInjectionStep[] arrivals(Rates rates) {
        return rates.steps().stream().map(LoadSimulation::arrivals).toArray(OpenInjectionStep[]::new);
    }

    private static OpenInjectionStep arrivals(RateStep step) {
        if (step.from() != step.to()) {
            return rampUsersPerSec(step.from()).to(step.to()).during(step.length());
        }
        return step.from() == 0
                ? nothingFor(step.length())
                : constantUsersPerSec(step.from()).during(step.length());
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
        Session ready = session.set(SENT, new AtomicBoolean());
        return switch (visits.of(session.userId())) {
            case Visit.Read read -> ready.set(NAME, read.name()).set(PATH, read.path());
            case Visit.Order order -> {
                ledger.attempted(order.key());
                yield ready.set(KEY, order.key()).set(JSON, order.json());
            }
        };
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
