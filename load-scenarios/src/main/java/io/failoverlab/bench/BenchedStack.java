package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.Owner;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.Identities;
import io.failoverlab.environment.Launch;
import io.failoverlab.environment.Leftovers;
import io.failoverlab.environment.Progress;
import io.failoverlab.environment.StackImages;
import io.failoverlab.session.LabIsUp;
import io.failoverlab.session.Sessions;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A stack without a monitor, to measure on.
 *
 * @param folder of the run
 * @param owner of everything of the run
 */
record BenchedStack(Environment stack, Path folder, Owner owner) implements AutoCloseable {
    record Setup(String run, Topology topology, StackImages images, int port) {}

    /**
     * Removes what dead labs left, then brings the stack up.
     *
     * @throws LabIsUp if another lab of this engine is up
     */
    static BenchedStack up(Setup setup, Engine engine, LabScheduler scheduler, Progress progress, Telemetry telemetry)
            throws IOException {
        Sessions sessions = Sessions.ofUser();
        Leftovers leftovers = new Leftovers(engine);
        leftovers.livingOwners().stream().findFirst().ifPresent(living -> {
            throw new LabIsUp(living);
        });
        leftovers.removeDead().forEach(sessions::remove);
        Path folder = sessions.create(setup.run());
        Owner owner = Owner.ofThisProcess(setup.run());
        Environment stack = Launch.up(new Launch.Plan(
                engine,
                owner,
                setup.topology(),
                setup.images(),
                Identities.random(setup.topology(), new SecureRandom()),
                folder,
                setup.port(),
                scheduler,
                telemetry,
                progress));
        return new BenchedStack(stack, folder, owner);
    }

    @Override
    public void close() {
        stack.close();
        Sessions.ofUser().remove(owner.run());
    }
}
