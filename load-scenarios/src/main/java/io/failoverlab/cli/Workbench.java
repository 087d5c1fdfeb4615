package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerImages;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineInstaller;
import io.failoverlab.engine.Image;
import io.failoverlab.engine.Images;
import io.failoverlab.engine.LabHome;
import io.failoverlab.environment.StackImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What commands that bring a stack up need first: an engine that answers, and images. */
final class Workbench implements AutoCloseable {
    private final Terminal terminal;
    private final LabScheduler scheduler;
    private final LabHome home;
    private final Engine engine;
    private final Images images;

    private Workbench(Terminal terminal, LabScheduler scheduler, LabHome home, Engine engine, Images images) {
        this.terminal = terminal;
        this.scheduler = scheduler;
        this.home = home;
        this.engine = engine;
        this.images = images;
    }

    /** Installs and starts what is missing where that is possible; says what to do where it is not. */
    static Workbench prepare(Terminal terminal) {
        LabScheduler scheduler = new LabScheduler(failure -> terminal.say("lab: " + failure.getMessage()));
        LabHome home = LabHome.find();
        EngineInstaller.ofThisHost(scheduler, terminal::say).ensure();
        Engine engine = Engine.connect();
        Images images = new ContainerImages(engine.client(), home, scheduler).ensure(terminal::say);
        return new Workbench(terminal, scheduler, home, engine, images);
    }

    LabScheduler scheduler() {
        return scheduler;
    }

    /** Shows steps with their elapsed times, which move by themselves. */
    ProgressLines progress() {
        ProgressLines progress = new ProgressLines(terminal, scheduler);
        scheduler.every(Duration.ofMillis(200), progress::refresh);
        return progress;
    }

    LabHome home() {
        return home;
    }

    Engine engine() {
        return engine;
    }

    StackImages stackImages() {
        return new StackImages(
                images.web().reference(),
                images.nginx().reference(),
                images.mysql().reference());
    }

    /** What a run was made with, for its history. */
    Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("engine", engine.version());
        versions.put("nginx", version(images.nginx()));
        versions.put("MySQL", version(images.mysql()));
        versions.put("Java (web)", version(images.web()));
        versions.put("Java (lab)", Runtime.version().toString());
        return versions;
    }

    private static String version(Image image) {
        return image.version();
    }

    /** A short id that no other run has. */
    static String newRun() {
        return "%06x".formatted(new SecureRandom().nextInt(1 << 24));
    }

    /** @throws UserError if somebody listens on that port of 127.0.0.1 already */
    static void requireFree(int port, String what, String option) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            throw UserError.environment("expected port " + port + " of 127.0.0.1 to be free for " + what
                    + ", found it in use; name another with " + option + ", or see who listens: ss -ltnp 'sport = :"
                    + port + "'");
        }
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
