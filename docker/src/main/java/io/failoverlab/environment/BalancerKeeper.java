package io.failoverlab.environment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.ec2.InstanceState;
import io.failoverlab.engine.ContainerEvent;
import io.failoverlab.engine.EngineException;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;

/**
 * Starts the balancer again when it died, as a managed balancer replaces a node of its own; the engine's restart policies do not
 * work after a kill.
 */
final class BalancerKeeper implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Ec2Instance balancer;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private volatile boolean closed;

    BalancerKeeper(Ec2Instance balancer, LabScheduler scheduler, Telemetry telemetry) {
        this.balancer = balancer;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    /** Takes in what the engine reports. */
    void happened(ContainerEvent event) {
        if (event.container().equals(balancer.name()) && diedUnasked(event, balancer.isToEnd()) && !closed) {
            scheduler.launch(this::startAgain);
        }
    }

    /**
     * Whoever stopped it wants it so, even where it had to be killed in the end: it waits for its clients longer than a stop does.
     * One that ended in order by itself was stopped, too, past the lab.
     */
    static boolean diedUnasked(ContainerEvent event, boolean toEnd) {
        return event.action().equals("die") && !event.exitCode().equals("0") && !toEnd;
    }

    private void startAgain() {
        telemetry.happened(new StackEvent.InstanceStateChanged(
                scheduler.instant(),
                balancer.name(),
                balancer.id(),
                balancer.zone(),
                InstanceState.PENDING.word(),
                "the lab starts it again; it is the only node of this load balancer and clients get no answer until then,"
                        + " where an ALB has nodes in each zone"));
        if (scheduler.await(LIMIT, this::started).isEmpty()) {
            telemetry.happened(new StackEvent.Trouble(
                    scheduler.instant(),
                    balancer.name() + " could not be started again within " + LIMIT.toSeconds() + " s"));
        }
    }

    private Optional<Boolean> started() {
        try {
            if (!closed) {
                balancer.start();
            }
            return Optional.of(true);
        } catch (EngineException notYet) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
