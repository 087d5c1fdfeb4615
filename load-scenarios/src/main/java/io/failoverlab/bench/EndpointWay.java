package io.failoverlab.bench;

/** How a database's endpoint can be moved from one server to another. */
public enum EndpointWay {
    HOSTS_FILE("a line of the clients' hosts file"),
    NETWORK_ALIAS("an alias of the engine's network"),
    ADDRESS("the address itself"),
    DNS("DNS of one's own, TTL 5 s");

    private final String title;

    EndpointWay(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
