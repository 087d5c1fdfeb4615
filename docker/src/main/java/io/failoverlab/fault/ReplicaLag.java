package io.failoverlab.fault;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;
import java.time.Instant;

/**
 * A standby, or a read replica, applies what it receives that much later. It acknowledges as before; a failover has to wait for
 * what is not applied yet.
 *
 * @param delay in whole seconds, at least one
 */
public record ReplicaLag(Duration delay) implements InstanceFault {
    /** The password is read where it is used, and is in no argument. */
    private static final String SQL = "MYSQL_PWD=$(cat /run/secrets/lab/db-root-password) mysql -uroot -N -B -e \"$1\"";

    private static final String CONFIGURED =
            "SELECT c.DESIRED_DELAY FROM performance_schema.replication_applier_configuration c"
                    + " JOIN performance_schema.replication_connection_configuration s USING (CHANNEL_NAME)"
                    + " WHERE c.CHANNEL_NAME = '' AND s.HOST <> ''";

    public ReplicaLag {
        if (delay.toSeconds() < 1 || delay.toMillisPart() != 0) {
            throw new IllegalArgumentException("expected a delay of whole seconds, at least one, found " + delay);
        }
    }

    @Override
    public String name() {
        return "replica-lag";
    }

    @Override
    public String standsFor() {
        return "a replica that cannot keep up (ReplicaLag)";
    }

    @Override
    public Injection prepare(Ec2Instance instance, LabScheduler scheduler) {
        instance.requireRunning();
        if (configured(instance).isEmpty()) {
            throw new NotRunning("expected a standby of a database, found " + instance.name()
                    + ", which replicates from nobody; `lab status` shows the roles");
        }
        return Injection.of(instance, new Undo.ApplyAtOnce(instance.name()), () -> act(instance, scheduler));
    }

    private Effect act(Ec2Instance instance, LabScheduler scheduler) {
        Instant injectedAt = scheduler.instant();
        String found = set(instance, delay.toSeconds());
        boolean late = found.equals(Long.toString(delay.toSeconds()));
        return new Effect(injectedAt, late, late ? "it applies " + found + " s late" : "its delay is " + found + " s");
    }

    /** The delay that it has then, in seconds; empty if it replicates from nobody. */
    static String set(Ec2Instance instance, long seconds) {
        if (!configured(instance).isEmpty()) {
            run(
                    instance,
                    "STOP REPLICA SQL_THREAD FOR CHANNEL ''; CHANGE REPLICATION SOURCE TO SOURCE_DELAY = " + seconds
                            + " FOR CHANNEL ''; START REPLICA SQL_THREAD FOR CHANNEL '';");
        }
        return configured(instance);
    }

    private static String configured(Ec2Instance instance) {
        return run(instance, CONFIGURED);
    }

    private static String run(Ec2Instance instance, String sql) {
        ExecResult result = instance.run("sh", "-c", SQL, "sql", sql);
        if (result.exitCode() != 0) {
            throw new NotRunning("expected " + instance.name() + " to be a database server that answers, found: "
                    + result.stderr().strip());
        }
        return result.stdout().strip();
    }
}
