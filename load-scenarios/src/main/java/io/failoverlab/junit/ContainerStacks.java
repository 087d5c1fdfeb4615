package io.failoverlab.junit;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.Image;
import io.failoverlab.engine.Images;
import io.failoverlab.engine.LabHome;
import io.failoverlab.environment.StackImages;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;

/** The real stacks, of containers; on free ports of 127.0.0.1. */
final class ContainerStacks implements StackMaker {
    private static final Path RUNS = Path.of("target", "lab-runs");

    @Override
    public Stack up(Topology topology) {
        return StackUntilExit.up(StackUntilExit.OfJvm.HOOKS, () -> bringUp(topology));
    }

    private static Stack bringUp(Topology topology) {
        LabScheduler scheduler = new LabScheduler(failure -> System.err.println("lab: " + failure.getMessage()));
        try {
            Engine engine = Engine.connect();
            LabHome home = LabHome.find();
            Images images = engine.images(home, scheduler).ensure(System.err::println);
            return ContainerStack.up(
                    new ContainerStack.Settings(
                            home.folder(),
                            RUNS,
                            "%06x".formatted(new SecureRandom().nextInt(1 << 24)),
                            topology,
                            new StackImages(
                                    images.web().reference(),
                                    images.nginx().reference(),
                                    images.mysql().reference()),
                            freePort(),
                            versions(engine, images)),
                    engine,
                    scheduler);
        } catch (RuntimeException failed) {
            scheduler.close();
            throw failed;
        }
    }

    private static Map<String, String> versions(Engine engine, Images images) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("engine", engine.version());
        for (Image image : images.all()) {
            versions.put(image.role().label(), image.version());
        }
        versions.put("Java", Runtime.version().toString());
        return versions;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no port of 127.0.0.1 is free", none);
        }
    }
}
