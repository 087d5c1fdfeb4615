package io.failoverlab.bench;

/** A load balancer that is measured. */
public enum Contender {
    OURS("ours", ""),
    HAPROXY("HAProxy, checks 200 ms", "haproxy.cfg"),
    NGINX_TUNED("nginx, tuned", "nginx-tuned.conf"),
    NGINX_DEFAULT("nginx, defaults", "nginx-default.conf");

    private final String title;
    private final String configuration;

    Contender(String title, String configuration) {
        this.title = title;
        this.configuration = configuration;
    }

    public String title() {
        return title;
    }

    /** Its file under {@code docker/peers}; empty for ours. */
    String configuration() {
        return configuration;
    }
}
