package io.failoverlab.autoscaling;

/**
 * What carries a group's decisions out. Calls come one at a time, in the order of the decisions, while the group is
 * locked: each returns at once and does its work elsewhere; what came of it is told to the {@link GroupController} as a
 * fact. Whatever happens, one of these facts must come, or the group waits for ever.
 */
public interface InstanceActions {
    /** Then {@code running}, {@code launchFailed} (nothing is left of it) or {@code gone}. */
    void launch(Decision.Launch launch);

    /** Starts an instance of the pool that was stopped; then {@code running} or {@code gone}. */
    void start(Decision.Start start);

    /** Stops an instance that is in no target group; then {@code stopped} or {@code gone}. */
    void stop(Decision.Stop stop);

    /** Registers a running instance with the target group. */
    void register(Decision.Register register);

    /** Deregisters an instance, which goes on running. */
    void deregister(Decision.Deregister deregister);

    /**
     * Deregisters, waits for the requests under way if it runs, and removes it; then {@code terminated}, or
     * {@code terminationFailed} as long as it is there.
     */
    void terminate(Decision.Terminate terminate);
}
