package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineEndpoint;
import io.failoverlab.engine.Images;
import io.failoverlab.engine.LabHome;
import io.failoverlab.engine.Owner;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Consumer;

/** What tests on real stacks have in common: the engine with the lab's images, a run's name, and a look that nothing is left. */
public final class StackBench implements AutoCloseable {
    private final String run;
    private final LabScheduler scheduler = new LabScheduler(Throwable::printStackTrace);
    private final Engine engine = Engine.connect();
    private final StackImages images;

    private StackBench(String run) {
        this.run = run;
        new Leftovers(engine).removeDead();
        Images built = engine.images(LabHome.find(), scheduler).ensure(System.out::println);
        this.images = new StackImages(
                built.web().reference(),
                built.nginx().reference(),
                built.mysql().reference());
    }

    /** Gives the test up where no engine answers. */
    public static StackBench open(String run) {
        assumeTrue(EngineEndpoint.ofThisProcess().answers(), "no container engine");
        return new StackBench(run);
    }

    public Engine engine() {
        return engine;
    }

    public LabScheduler scheduler() {
        return scheduler;
    }

    /** A new stack of the run. */
    public Launch.Plan plan(Topology topology, Path folder, RecordedMetrics metrics) {
        return plan(run, images, topology, folder, metrics);
    }

    /** A new stack of another run, whose name begins with that of this one. */
    public Launch.Plan plan(String ofRun, Topology topology, Path folder, RecordedMetrics metrics) {
        return plan(ofRun, images, topology, folder, metrics);
    }

    /** With the balancer's bench's small server in the place of the shop. */
    public Launch.Plan planOfSmallServers(Topology topology, Path folder, RecordedMetrics metrics) {
        String small = engine.images(LabHome.find(), scheduler)
                .ensureHaproxy(System.out::println)
                .reference();
        StackImages others = new StackImages(small, images.loadBalancer(), images.database());
        return plan(run, others, topology, folder, metrics);
    }

    /** Goes on with the stack that was left, as another lab would: by what its folder says. */
    Environment takeOver(Path folder, RecordedMetrics metrics, Consumer<String> told) {
        StackState state = new StackFile(folder).read();
        Identities known =
                Identities.known(state.instances(), state.loadBalancer(), state.targetGroup(), new SecureRandom());
        Launch.Plan next = new Launch.Plan(
                engine,
                Owner.ofThisProcess(run),
                state.topology(),
                state.images(),
                known,
                folder,
                state.servicePort(),
                scheduler,
                metrics,
                metrics);
        return TakeOver.of(next, state, told);
    }

    private Launch.Plan plan(
            String ofRun, StackImages ofImages, Topology topology, Path folder, RecordedMetrics metrics) {
        return new Launch.Plan(
                engine,
                Owner.ofThisProcess(ofRun),
                topology,
                ofImages,
                Identities.random(topology, new SecureRandom()),
                folder,
                freePort(),
                scheduler,
                metrics,
                metrics);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** After the run's stack was closed: nothing of it may be left. */
    @Override
    public void close() {
        assertThat(engine.labObjects()).noneMatch(object -> object.owner().run().startsWith(run));
        scheduler.close();
    }
}
