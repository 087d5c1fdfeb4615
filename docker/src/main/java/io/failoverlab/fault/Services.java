package io.failoverlab.fault;

/** What a fault reaches of the stack beside its instances. All that acts returns once it has, with what was seen, in words. */
public interface Services {
    /** @throws IllegalArgumentException with the reason, if that instance must not be terminated */
    void requireTerminable(String instance);

    /** Terminates a web server. */
    String terminate(String instance);

    /**
     * The server that takes a database's writes now.
     *
     * @throws IllegalArgumentException if there is no such database
     */
    String primary(String database);

    /** Fails a Multi-AZ database over to its standby. */
    String failOver(String database);

    /** Takes all connections of the application's user that a database has left, and keeps them. */
    Taken takeConnections(String database);

    /** Gives them back; does nothing if this lab has none. */
    String giveConnections(String database);

    /** From now on the name of a database leads to where it leads now, whatever happens. */
    String holdName(String database);

    /** It leads to the primary again. */
    String releaseName(String database);

    /**
     * How a taking of connections ended.
     *
     * @param all whether the server refuses more
     * @param evidence in words
     */
    record Taken(boolean all, String evidence) {}
}
