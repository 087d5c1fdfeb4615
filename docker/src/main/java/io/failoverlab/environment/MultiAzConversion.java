package io.failoverlab.environment;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.MultiAzSetUp;
import io.failoverlab.rds.RdsEvent;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.MultiAzPlan;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.SemiSync;
import io.failoverlab.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Makes a running database a Multi-AZ one while it serves: what RDS does on a modification of a DB instance with {@code MultiAZ}.
 * The standby gets a copy of the primary's data and catches up before any write waits for it. Where that fails, the database is
 * what it was.
 */
final class MultiAzConversion {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Launch.Plan plan;
    private final StackParts parts;
    private final Fleet fleet;
    private final DatabaseTier tier;

    MultiAzConversion(Launch.Plan plan, StackParts parts, Fleet fleet, DatabaseTier tier) {
        this.plan = plan;
        this.parts = parts;
        this.fleet = fleet;
        this.tier = tier;
    }

    /**
     * Returns when every acknowledged write is on the standby, too.
     *
     * @param policy what writes do while the standby is gone
     * @param others DB instances beside it, whose names and addresses are taken
     * @return the standby
     * @throws io.failoverlab.document.InvalidInput if it is Multi-AZ already, there is no other zone, a subnet is full, or the
     *     machine's memory would not do
     * @throws IllegalStateException if it could not be done; it says so if the database is not what it was
     */
    synchronized DbInstance run(SemiSync policy, List<DbInstance> others) {
        Topology after = MultiAzPlan.withStandby(fleet.topology(), policy, others);
        MemoryBudget.of(plan.engine()).require(after);
        if (!tier.server().isAvailable()) {
            throw new IllegalArgumentException("expected the primary " + tier.primary()
                    + " to answer, so that it can be copied, found no answer; `lab start " + tier.primary()
                    + "` brings it back");
        }
        String standby = after.databases().getLast().name();
        tell(RdsEvent.MULTI_AZ_STARTED);
        try {
            add(standby, policy, others);
        } catch (RuntimeException failure) {
            List<String> left = undo(standby, failure);
            String why = "the modification to Multi-AZ is given up: " + failure.getMessage();
            plan.telemetry()
                    .happened(new StackEvent.DatabaseEvent(
                            plan.scheduler().instant(), identifier(), "LAB", "configuration change", why));
            throw new IllegalStateException(
                    why
                            + (left.isEmpty()
                                    ? "; the database is what it was"
                                    : "; what it was could not be brought back: " + String.join(", ", left)),
                    failure);
        }
        tell(RdsEvent.MULTI_AZ_FINISHED);
        return model(standby);
    }

    private void add(String standby, SemiSync policy, List<DbInstance> others) {
        plan.identities().launch(standby);
        change(topology -> MultiAzPlan.withStandby(topology, policy, others));
        connect();
        DbCredentials.keepShut(parts.containers().databaseSecrets());
        parts.createVolume(model(standby));
        EngineContainer container = plan.engine().start(parts.containers().database(model(standby)), plan.owner());
        var server = parts.database(
                model(standby), container, DbCredentials.read(parts.containers().databaseSecrets()));
        plan.scheduler()
                .await(START_LIMIT, () -> answersOrEnded(server))
                .filter(answers -> answers)
                .orElseThrow(() -> new IllegalStateException(standby + " does not answer; its last words: "
                        + String.join(" | ", container.lastLogLines(3))));
        tier.join(server);
        new MultiAzSetUp(tier, plan.scheduler()).addStandby();
        // Web servers whose launch was under way.
        change(MultiAzPlan::connected);
        connect();
        fleet.replaced(server.instance(), usage -> tier.monitor().server(server, usage));
        // Last: what fails must not leave somebody behind who keeps a pair that is none.
        tier.keep();
    }

    private static Optional<Boolean> answersOrEnded(io.failoverlab.rds.DbInstance server) {
        if (server.answersAdministrator()) {
            return Optional.of(true);
        }
        return server.instance().container().state().running() ? Optional.empty() : Optional.of(false);
    }

    /** Launches reserve their places under the same lock; what was prepared for them lacks the new subnet. */
    private void change(UnaryOperator<Topology> change) {
        synchronized (fleet) {
            fleet.roster.change(now -> now.withTopology(change.apply(now.topology())));
            fleet.prepared().discard();
        }
    }

    private void connect() {
        fleet.topology().nodes().forEach(node -> ofRunning(node, it -> parts.connect(node, it)));
    }

    private void ofRunning(Node node, Consumer<EngineContainer> action) {
        try {
            fleet.find(node.name()).map(Ec2Instance::container).ifPresent(action);
        } catch (EngineException failure) {
            // A web server may be terminated meanwhile.
            if (find(node.name()).isPresent()) {
                throw failure;
            }
        }
    }

    private Optional<EngineContainer> find(String name) {
        return plan.engine().find(plan.owner().run(), name);
    }

    /** What could not be undone. */
    private List<String> undo(String standby, RuntimeException failure) {
        AllSteps steps = new AllSteps(failure);
        steps.run(() -> tier.leave(standby));
        steps.run(() -> find(standby).ifPresent(EngineContainer::remove));
        steps.run(() -> fleet.topology().databases().stream()
                .filter(it -> it.name().equals(standby))
                .forEach(parts::removeVolume));
        steps.run(() -> DbCredentials.mayOpen(parts.containers().databaseSecrets()));
        steps.run(() -> fleet.release(standby));
        steps.run(() -> change(topology -> topology.hasStandby() ? MultiAzPlan.withoutStandby(topology) : topology));
        for (Node node : fleet.topology().nodes()) {
            steps.run(() -> ofRunning(node, it -> it.keepOnly(ContainerPlan.attachments(node), plan.owner())));
        }
        return steps.failed();
    }

    private DbInstance model(String name) {
        return fleet.topology().databases().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String identifier() {
        return fleet.topology().databaseIdentifier();
    }

    private void tell(RdsEvent event) {
        plan.telemetry().happened(event.of(plan.scheduler().instant(), identifier()));
    }
}
