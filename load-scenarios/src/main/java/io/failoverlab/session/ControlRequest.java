package io.failoverlab.session;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.failoverlab.topology.LifecycleHook;
import io.failoverlab.topology.SemiSync;
import java.util.Map;

/** What another terminal may ask of a lab that is up. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "ask")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ControlRequest.Inject.class, name = "inject"),
    @JsonSubTypes.Type(value = ControlRequest.Heal.class, name = "heal"),
    @JsonSubTypes.Type(value = ControlRequest.HealZone.class, name = "heal-zone"),
    @JsonSubTypes.Type(value = ControlRequest.Scale.class, name = "scale"),
    @JsonSubTypes.Type(value = ControlRequest.Refresh.class, name = "refresh"),
    @JsonSubTypes.Type(value = ControlRequest.CancelRefresh.class, name = "cancel-refresh"),
    @JsonSubTypes.Type(value = ControlRequest.Standby.class, name = "standby"),
    @JsonSubTypes.Type(value = ControlRequest.Terminate.class, name = "terminate"),
    @JsonSubTypes.Type(value = ControlRequest.Protect.class, name = "protect"),
    @JsonSubTypes.Type(value = ControlRequest.Reboot.class, name = "reboot"),
    @JsonSubTypes.Type(value = ControlRequest.CompleteLifecycleAction.class, name = "complete-lifecycle-action"),
    @JsonSubTypes.Type(value = ControlRequest.Query.class, name = "query"),
    @JsonSubTypes.Type(value = ControlRequest.Failover.class, name = "failover"),
    @JsonSubTypes.Type(value = ControlRequest.Modify.class, name = "modify"),
    @JsonSubTypes.Type(value = ControlRequest.Describe.class, name = "describe"),
    @JsonSubTypes.Type(value = ControlRequest.CreateSnapshot.class, name = "create-snapshot"),
    @JsonSubTypes.Type(value = ControlRequest.ListSnapshots.class, name = "list-snapshots"),
    @JsonSubTypes.Type(value = ControlRequest.DeleteSnapshot.class, name = "delete-snapshot"),
    @JsonSubTypes.Type(value = ControlRequest.RestoreSnapshot.class, name = "restore-snapshot"),
    @JsonSubTypes.Type(value = ControlRequest.RestoreToTime.class, name = "restore-to-time"),
    @JsonSubTypes.Type(value = ControlRequest.StartLoad.class, name = "start-load"),
    @JsonSubTypes.Type(value = ControlRequest.StopLoad.class, name = "stop-load"),
    @JsonSubTypes.Type(value = ControlRequest.RunExperiment.class, name = "run-experiment"),
    @JsonSubTypes.Type(value = ControlRequest.Promote.class, name = "promote"),
    @JsonSubTypes.Type(value = ControlRequest.Status.class, name = "status"),
    @JsonSubTypes.Type(value = ControlRequest.DownWithSnapshot.class, name = "down-with-snapshot"),
    @JsonSubTypes.Type(value = ControlRequest.Down.class, name = "down")
})
public sealed interface ControlRequest {
    /**
     * Injects a fault.
     *
     * @param fault its name, such as {@code kill}
     * @param where name of the instance or of the database, or letter of the zone
     * @param limitMillis after that long it is undone; 0 leaves it until it is healed or the lab goes down
     * @param values of its parameters, by name; the others have their fallbacks
     * @param dryRun whether it is only to be told what would be hit
     */
    record Inject(String fault, String where, long limitMillis, Map<String, String> values, boolean dryRun)
            implements ControlRequest {
        public Inject {
            values = Map.copyOf(values);
        }
    }

    /** Undoes every fault on an instance and brings it back to running. */
    record Heal(String instance) implements ControlRequest {}

    /** Undoes every fault on a zone. */
    record HealZone(String zone) implements ControlRequest {}

    /**
     * Launches or terminates web servers until there are as many.
     *
     * @param min of the Auto Scaling group from now on; negative leaves it
     * @param max of the Auto Scaling group from now on; negative leaves it
     */
    record Scale(int desired, int min, int max) implements ControlRequest {
        public Scale(int desired) {
            this(desired, -1, -1);
        }
    }

    /** Replaces all web servers, one after the other. */
    record Refresh() implements ControlRequest {}

    /** Ends an instance refresh of the Auto Scaling group where it is. */
    record CancelRefresh() implements ControlRequest {}

    /** Terminates a web server. */
    record Terminate(String instance) implements ControlRequest {}

    /** Sets or takes off a protection of a web server. */
    record Protect(String instance, Protection from, boolean on) implements ControlRequest {}

    /** What a web server can be protected from. */
    enum Protection {
        /** By people: EC2's {@code disableApiTermination}. */
        TERMINATION,
        /** By its Auto Scaling group, while it is healthy. */
        SCALE_IN
    }

    /** Moves a web server out of its Auto Scaling group's service, or back. */
    record Standby(String instance, boolean on) implements ControlRequest {}

    /** Stops an instance's processes and starts them anew. */
    record Reboot(String instance) implements ControlRequest {}

    /** Ends the wait of an instance's lifecycle hook. */
    record CompleteLifecycleAction(String instance, LifecycleHook.Result result) implements ControlRequest {}

    /** Asks the primary a question, as the application's user; the answer is a line for each row, its columns apart by tabs. */
    record Query(String sql) implements ControlRequest {}

    /**
     * Fails a Multi-AZ database over: RDS's reboot with failover.
     *
     * @param force also to a standby that is not in sync
     */
    record Failover(String database, boolean force) implements ControlRequest {}

    /** What concerns databases. */
    sealed interface OfDatabase extends ControlRequest {}

    /**
     * Modifies a DB instance.
     *
     * @param parameters to set, by name
     * @param retentionDays of automated backups; negative leaves it as it is
     * @param allocatedBytes of its volume; 0 leaves it as it is
     * @param multiAz whether it gets a standby
     * @param semiSync what writes do while that standby is gone
     */
    record Modify(
            String database,
            Map<String, String> parameters,
            int retentionDays,
            long allocatedBytes,
            boolean multiAz,
            SemiSync semiSync)
            implements OfDatabase {
        public Modify {
            parameters = Map.copyOf(parameters);
        }
    }

    /** Asks what a DB instance is now. */
    record Describe(String database) implements OfDatabase {}

    /** Takes a snapshot of a DB instance. */
    record CreateSnapshot(String database, String name) implements OfDatabase {}

    /** Asks for all snapshots. */
    record ListSnapshots() implements OfDatabase {}

    /** Deletes a manual snapshot. */
    record DeleteSnapshot(String name) implements OfDatabase {}

    /** Makes a new DB instance of a snapshot. */
    record RestoreSnapshot(String database, String snapshot, String to) implements OfDatabase {}

    /**
     * Makes a new DB instance of what another one had at a time.
     *
     * @param time in ISO 8601; empty for the latest there is
     */
    record RestoreToTime(String database, String time, String to) implements OfDatabase {}

    /**
     * Starts a load that the lab itself sends; one at a time.
     *
     * @param rate requests a second
     * @param millis how long, ramp and warm-up included
     */
    record StartLoad(int rate, long millis) implements ControlRequest {}

    /** Ends the load that the lab sends. */
    record StopLoad() implements ControlRequest {}

    /**
     * Runs an experiment on the stack as it is, and answers with the run's folder when it is over.
     *
     * @param experiment name of a built-in one, or absolute path of a file
     */
    record RunExperiment(String experiment) implements ControlRequest {}

    /** Makes a DB instance of its own of a read replica. */
    record Promote(String database) implements OfDatabase {}

    /** Asks for the state of all instances and targets. */
    record Status() implements ControlRequest {}

    /**
     * Ends the writes, takes a snapshot of the stack's database that stays when the stack goes, and takes the lab down. If the
     * snapshot fails, all goes on.
     *
     * @param folder of this machine in which it is kept
     */
    record DownWithSnapshot(String name, String folder) implements ControlRequest {}

    /** Takes the lab down. */
    record Down() implements ControlRequest {}
}
