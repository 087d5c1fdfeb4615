package io.failoverlab.topology;

/** How nginx treats a target that does not answer: what the lab has learned, or what nginx does when left alone. */
public enum Balancing {
    /** Short connect time-out, next upstream on errors and 502 to 504, keep-alive to the targets. */
    TUNED,
    /** nginx's default upstream settings, to see the difference. */
    NGINX_DEFAULT
}
