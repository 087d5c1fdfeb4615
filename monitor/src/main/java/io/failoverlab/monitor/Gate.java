package io.failoverlab.monitor;

import io.failoverlab.access.Decision;
import io.failoverlab.access.Permits;
import io.failoverlab.access.Policy;
import io.failoverlab.access.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;

/** Asks the policy about requests. Where no token is required, whoever reaches the monitor has the role of its owner. */
final class Gate implements Permits {
    private static final String ROLE = "role";

    private final Policy policy;
    private final Refusals refusals;

    /** @param refusals told of every request that is refused */
    Gate(Policy policy, Refusals refusals) {
        this.policy = policy;
        this.refusals = refusals;
    }

    /** A request was let in with that role. */
    static void comeIn(Context http, Role role) {
        http.attribute(ROLE, role);
    }

    @Override
    public Role role(Context http) {
        Role role = http.attribute(ROLE);
        return role == null ? Role.BREAK : role;
    }

    @Override
    public Decision foresee(Context http, String action, String resource) {
        return policy.decide(role(http), action, resource);
    }

    @Override
    public Decision decide(Context http, String action, String resource) {
        Decision decision = foresee(http, action, resource);
        if (decision instanceof Decision.Denied(String reason)) {
            refusals.note(http, reason);
        }
        return decision;
    }

    /** Whatever is read, but for what is an operation of the API, is looked at. */
    void guardReading(JavalinConfig config) {
        config.routes.before(http -> {
            boolean reads = http.method() == HandlerType.GET || http.method() == HandlerType.HEAD;
            if (reads && decide(http, "lab:View", "*") instanceof Decision.Denied(String reason)) {
                http.status(HttpStatus.FORBIDDEN).contentType("text/plain").result(reason + "\n");
                http.skipRemainingHandlers();
            }
        });
    }
}
