package io.failoverlab.bench;

/** Who fails a database over. */
public enum FailoverBy {
    /** The lab, on the whole stack, with clients that come in at the balancer. */
    LAB("lab"),
    /** {@link FailoverScript}, with semi-synchronous replication, and as many orders a second. */
    SCRIPT("script"),
    /** The same with asynchronous replication and as many orders as there can be: what is lost is to be seen. */
    ASYNCHRONOUS("script, async");

    private final String title;

    FailoverBy(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
