package io.failoverlab.access;

import io.javalin.http.Context;

/** Whether whoever sent a request may do something. */
public interface Permits {
    /** Where nobody is asked for a token and no policy is looked at. */
    static Permits everything() {
        return new Permits() {
            @Override
            public Role role(Context http) {
                return Role.BREAK;
            }

            @Override
            public Decision foresee(Context http, String action, String resource) {
                return new Decision.Allowed();
            }

            @Override
            public Decision decide(Context http, String action, String resource) {
                return new Decision.Allowed();
            }
        };
    }

    /** The role that the sender came in with. */
    Role role(Context http);

    /** What would be decided; a page shows it before anybody tries. */
    Decision foresee(Context http, String action, String resource);

    /** Decides on something that is tried: a refusal is counted, and logged with its reason. */
    Decision decide(Context http, String action, String resource);
}
