package io.failoverlab.environment;

import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.ReplicaKeeper;
import io.failoverlab.topology.Topology;
import java.util.List;

/** Makes a DB instance of its own of the stack's read replica: what is known of it moves to the databases beside the stack's. */
final class ReplicaPromotion {
    private final Launch.Plan plan;
    private final Fleet fleet;
    private final DatabaseTier tier;
    private final StackParts parts;

    ReplicaPromotion(Launch.Plan plan, Fleet fleet, DatabaseTier tier, StackParts parts) {
        this.plan = plan;
        this.fleet = fleet;
        this.tier = tier;
        this.parts = parts;
    }

    /**
     * Returns once it takes writes, and is the stack's no more.
     *
     * @param beside where it is written down from then on
     * @throws IllegalArgumentException with the reason, if there is no such read replica, or it cannot be promoted now
     */
    ReadReplica run(String identifier, RestoredFile beside) {
        ReadReplica promoted = tier.readReplica()
                .filter(it -> it.identifier().equals(identifier))
                .orElseThrow(() -> new IllegalArgumentException("expected a read replica, found " + identifier + "; "
                        + tier.readReplica()
                                .map(it -> "the one of this stack is " + it.identifier())
                                .orElse("this stack has none: a section read-replica of a topology's database makes"
                                        + " one, as in two-web-read-replica")));
        promoted.keeper().promote(() -> {
            beside.add(new RestoredFile.Restored(
                    promoted.model().promoted(), plan.identities().of(identifier)));
            DbCredentials.read(parts.containers().databaseSecrets())
                    .writeForDatabase(parts.containers().restoredSecrets());
            DbCredentials.mayOpen(parts.containers().replicaSecrets());
            fleet.roster.change(now -> now.withTopology(now.topology().withoutReadReplica()));
        });
        tier.replicaPromoted();
        return promoted;
    }

    /**
     * What a lab died over: a read replica that is written down beside the stack's own is none any more.
     *
     * @param beside those that are written down
     */
    static Topology decided(Topology topology, List<RestoredFile.Restored> beside) {
        boolean promoted = topology.readReplica().stream()
                .anyMatch(replica ->
                        beside.stream().anyMatch(it -> it.model().identifier().equals(replica.identifier())));
        return promoted ? topology.withoutReadReplica() : topology;
    }

    /** Ends the replication of one that a dead lab had decided to promote; nothing happens to any other. */
    static void complete(DbInstance beside, Topology topology, ContainerPlan containers) {
        if (topology.readReplica().isEmpty()) {
            DbCredentials.mayOpen(containers.replicaSecrets());
        }
        ReplicaKeeper.endReplication(beside);
    }
}
