package io.failoverlab.rds;

/** The servers of a Multi-AZ database as the lab's engine has them. Methods that act throw what the engine throws. */
public interface MultiAzServers {
    /** Name of the server that is the primary. */
    String primary();

    /** Name of the other one. */
    String standby();

    /** Whether a container is one of them. */
    boolean knows(String server);

    /** Its agent. */
    ServerAgent agent(String server);

    /** Writes down who is the primary from now on. */
    void primaryIs(String server);

    /** Ends it, whatever it does; returns when it has ended. */
    void fence(String server);

    /** Leads clients to it. */
    void lead(String server);

    /** Starts it with the data that it has; nothing happens if it runs. */
    void start(String server);

    /** Ends it in order, with its data kept. */
    void stop(String server);

    /** Takes a snapshot of the primary. */
    void snapshot();

    /** Puts a server with the data of the last snapshot in its place, with the same name and address. */
    void restore(String server);

    /** Puts an empty server in its place, with the same name and address. */
    void replace(String server);

    /** Whether it has ended. */
    boolean hasEnded(String server);

    /** Whether its processes are frozen: it cannot be started then, but may thaw. */
    boolean isFrozen(String server);

    /** Whether it is on a network. */
    boolean isConnected(String server);

    /** Whether its storage, where that has an end, is used up; also known of one that has ended. */
    boolean isFull(String server);

    /** Whether there is a place for it: its zone may be lost. */
    boolean mayRun(String server);
}
