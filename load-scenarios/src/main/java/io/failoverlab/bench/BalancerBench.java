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
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.session.LabIsUp;
import io.failoverlab.session.Sessions;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What the death of one of three targets costs the clients of each balancer. All of them stand in front of the same targets
 * at the same time and get the same load and the same faults, one after the other, in turn.
 */
public final class BalancerBench implements AutoCloseable {
    /** Of a trial, before the fault. */
    public static final Duration BEFORE = Duration.ofSeconds(3);

    private static final Duration WARM_UP = Duration.ofSeconds(3);

    /** Of the load after the last change. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private static final Duration GATE = Duration.ofSeconds(60);
    private static final String VICTIM = "web-1a";

    /**
     * What to measure with.
     *
     * @param home folder of the installation
     * @param images with the tiny server in the place of the web servers
     * @param haproxy image of HAProxy
     */
    public record Setup(Path home, String run, Topology topology, StackImages images, String haproxy, int port) {}

    /**
     * What to measure.
     *
     * @param rate requests a second
     * @param duration of a trial
     */
    public record Plan(List<Disturbance> disturbances, int times, int peerTimes, int rate, Duration duration) {}

    private final LabScheduler scheduler;
    private final Environment stack;
    private final BalancerPeers peers;
    private final LongAdder rotations;
    private final Path folder;
    private final String nginxImage;
    private final Runnable end;

    private BalancerBench(
            LabScheduler scheduler,
            Environment stack,
            BalancerPeers peers,
            LongAdder rotations,
            Path folder,
            String nginxImage,
            Runnable end) {
        this.scheduler = scheduler;
        this.stack = stack;
        this.peers = peers;
        this.rotations = rotations;
        this.folder = folder;
        this.nginxImage = nginxImage;
        this.end = end;
    }

    /** Counts the configurations that the balancer was seen to serve, and passes everything on. */
    private record RotationCount(LongAdder rotations, Telemetry next) implements Telemetry {
        @Override
        public void measured(List<Measurement> measurements) {
            next.measured(measurements);
        }

        @Override
        public void happened(StackEvent event) {
            if (event instanceof StackEvent.RotationChanged) {
                rotations.increment();
            }
            next.happened(event);
        }
    }

    /**
     * Removes what dead labs left, then brings the stack and the peers up.
     *
     * @throws LabIsUp if another lab of this engine is up
     */
    public static BalancerBench up(
            Setup setup, Engine engine, LabScheduler scheduler, Progress progress, Telemetry telemetry)
            throws IOException {
        Sessions sessions = Sessions.ofUser();
        Leftovers leftovers = new Leftovers(engine);
        leftovers.livingOwners().stream().findFirst().ifPresent(living -> {
            throw new LabIsUp(living);
        });
        leftovers.removeDead().forEach(sessions::remove);
        Path folder = sessions.create(setup.run());
        LongAdder rotations = new LongAdder();
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
                new RotationCount(rotations, telemetry),
                progress));
        BalancerPeers peers = new BalancerPeers(engine, owner, setup.topology());
        try {
            peers.start(
                    setup.home().resolve("docker/peers"),
                    folder.resolve("peers"),
                    setup.images().loadBalancer(),
                    setup.haproxy());
            return new BalancerBench(
                    scheduler,
                    stack,
                    peers,
                    rotations,
                    folder,
                    setup.images().loadBalancer(),
                    () -> sessions.remove(setup.run()));
        } catch (IOException | RuntimeException failure) {
            stack.close();
            throw failure;
        }
    }

    /** @param told of each trial */
    public List<Trial> run(Plan plan, Consumer<Trial> told) {
        warmUp(plan.rate());
        List<Trial> trials = new ArrayList<>();
        for (int time = 0; time < Math.max(plan.times(), plan.peerTimes()); time++) {
            for (Disturbance disturbance : plan.disturbances()) {
                for (boolean orders : new boolean[] {false, true}) {
                    for (Contender contender : Contender.values()) {
                        if (time < (contender == Contender.OURS ? plan.times() : plan.peerTimes())) {
                            Trial trial = trial(plan, contender, disturbance, orders);
                            trials.add(trial);
                            told.accept(trial);
                        }
                    }
                }
            }
        }
        return trials;
    }

    /** The client's code is compiled while it runs, and so is what the balancers meet for the first time. */
    private void warmUp(int rate) {
        for (Contender contender : Contender.values()) {
            try (LoadClient client = new LoadClient(scheduler)) {
                client.open(new RequestSource(peers.service(contender), 0.2), rate, WARM_UP);
            }
        }
    }

    /**
     * Takes one of the targets out and puts it back, again and again under load.
     *
     * @param count of changes, evenly over the time
     */
    public Changes changes(int count, Duration time, int rate) throws Exception {
        long before = rotations.sum();
        AtomicInteger asked = new AtomicInteger();
        AutoCloseable changing = scheduler.every(time.dividedBy(count), () -> {
            int number = asked.get();
            if (number < count) {
                if (number % 2 == 0) {
                    stack.fleet().deregister(VICTIM);
                } else {
                    stack.fleet().register(VICTIM);
                }
                asked.incrementAndGet();
            }
        });
        try (LoadClient client = new LoadClient(scheduler)) {
            List<Answer> answers =
                    client.open(new RequestSource(peers.service(Contender.OURS), 0.2), rate, time.plus(SETTLE));
            return Changes.of(asked.get(), rotations.sum() - before, time, answers);
        } finally {
            changing.close();
            stack.fleet().register(VICTIM);
            awaitInService("changes of targets");
        }
    }

    /** The same nginx with the lab's controller and without it, in turn. */
    public List<Throughput> throughput(int times, Duration time, int atOnce) throws IOException {
        URI alone =
                peers.startWithoutController(folder.resolve("nginx/nginx.conf"), folder.resolve("peers"), nginxImage);
        List<Throughput> all = new ArrayList<>();
        try (LoadClient client = new LoadClient(scheduler)) {
            client.closed(new RequestSource(alone, 0), atOnce, WARM_UP);
            for (int i = 0; i < times; i++) {
                for (boolean controller : new boolean[] {true, false}) {
                    URI service = controller ? peers.service(Contender.OURS) : alone;
                    all.add(Throughput.of(
                            controller, time, client.closed(new RequestSource(service, 0), atOnce, time)));
                }
            }
        }
        return all;
    }

    private void awaitInService(String after) {
        if (!stack.awaitInService(GATE, what -> {})) {
            throw new IllegalStateException("expected every target in service again within " + GATE + " of " + after
                    + ", found " + stack.targets());
        }
    }

    private Trial trial(Plan plan, Contender contender, Disturbance disturbance, boolean orders) {
        URI service = peers.service(contender);
        AtomicReference<ActiveFault> active = new AtomicReference<>();
        try (LoadClient client = new LoadClient(scheduler)) {
            // So that connecting is no part of it.
            client.open(new RequestSource(service, 0), plan.rate(), Duration.ofMillis(500));
            RequestSource requests = new RequestSource(service, orders ? 0.2 : 0);
            Instant faultAt = scheduler.instant().plus(BEFORE);
            disturbance
                    .fault()
                    .ifPresent(fault ->
                            scheduler.after(BEFORE, () -> active.set(stack.inject(fault, VICTIM, Optional.empty()))));
            List<Answer> answers = client.open(requests, plan.rate(), plan.duration());
            ActiveFault injected = active.get();
            return Trial.of(
                    contender, disturbance, orders, answers, injected == null ? faultAt : injected.injectedAt());
        } finally {
            Optional.ofNullable(active.get()).ifPresent(stack::heal);
            awaitInService(disturbance.word());
        }
    }

    @Override
    public void close() {
        stack.close();
        end.run();
    }
}
