package io.failoverlab.session;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineEndpoint;
import io.failoverlab.engine.Images;
import io.failoverlab.engine.LabHome;
import io.failoverlab.environment.Progress;
import io.failoverlab.environment.StackImages;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Application;
import io.failoverlab.topology.Topology;
import io.failoverlab.watch.AlarmChange;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A real stack with its monitor, for a test that looks at what the monitor has. */
public final class TestSession implements AutoCloseable {
    private final LabScheduler scheduler = new LabScheduler(Throwable::printStackTrace);
    private final LabSession lab;
    private final List<Consumer<AlarmChange>> listeners = new CopyOnWriteArrayList<>();

    private TestSession(String run, Topology topology, Optional<Application> own) throws IOException {
        Engine engine = Engine.connect();
        LabHome home = LabHome.find();
        Images images = engine.images(home, scheduler).ensure(System.out::println);
        StackImages shop = new StackImages(
                images.web().reference(),
                images.nginx().reference(),
                images.mysql().reference());
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Nobody nobody = new Nobody();
        this.lab = LabSession.up(
                new LabSession.Options(
                        home.folder(),
                        run,
                        topology,
                        own.map(it -> shop.with(it, home.folder().resolve("docker/images")))
                                .orElse(shop),
                        port,
                        0),
                engine,
                scheduler,
                new LabSession.Listeners(nobody, nobody, this::alarmChanged, System.err::println));
    }

    /** Gives the test up where no engine answers. */
    public static TestSession up(String run, Topology topology) throws IOException {
        return up(run, topology, Optional.empty());
    }

    /** As {@link #up(String, Topology)}, with an application that is not the shop. */
    public static TestSession up(String run, Topology topology, Optional<Application> own) throws IOException {
        assumeTrue(EngineEndpoint.ofThisProcess().answers(), "no container engine");
        return new TestSession(run, topology, own);
    }

    public LabSession lab() {
        return lab;
    }

    public LabScheduler scheduler() {
        return scheduler;
    }

    /** Tells of every change of an alarm from now on. */
    public void onAlarm(Consumer<AlarmChange> listener) {
        listeners.add(listener);
    }

    private void alarmChanged(AlarmChange change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    @Override
    public void close() {
        lab.close();
        scheduler.close();
    }

    /** What the stack tells is looked for in the monitor. */
    private static final class Nobody implements Telemetry, Progress {
        @Override
        public void measured(List<Measurement> measurements) {}

        @Override
        public void happened(StackEvent event) {}

        @Override
        public void started(String step) {}

        @Override
        public void waiting(String step, String what) {}

        @Override
        public void finished(String step, Duration took) {}
    }
}
