package io.failoverlab.bench;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineException;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.Progress;
import io.failoverlab.environment.StackImages;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.session.LabIsUp;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What the death of one of three targets costs the clients of each balancer. All of them stand in front of the same targets
 * at the same time and get the same load and the same faults, one after the other, in turn.
 */
public final class BalancerBench implements AutoCloseable {
    /** Of a trial, before the fault. */
    public static final Duration BEFORE = Duration.ofSeconds(3);

    private static final Duration WARM_UP = Duration.ofSeconds(3);

    /** A trial takes that much longer than its load: the target's return, and health checks until it is in service. */
    private static final Duration AROUND = Duration.ofMillis(4500);

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
     * @param forgetful whether targets write an order as often as they get it: then repeated ones must be found doubled
     */
    public record Plan(
            List<Disturbance> disturbances,
            List<Mix> mixes,
            int times,
            int peerTimes,
            int rate,
            Duration duration,
            boolean forgetful) {

        int timesOf(Contender contender) {
            return contender == Contender.OURS ? times : peerTimes;
        }

        /** How many trials that is. */
        public int trials() {
            int round = Stream.of(Contender.values()).mapToInt(this::timesOf).sum();
            return round * disturbances.size() * mixes.size();
        }

        /** About as long as one takes. */
        public Duration each() {
            return duration.plus(AROUND);
        }
    }

    /** What is told while it measures. */
    public interface Listener {
        void ended(Trial trial);

        /** One trial gave no figures; the rest goes on. */
        void failed(String which, String why);
    }

    private final LabScheduler scheduler;
    private final BenchedStack benched;
    private final Environment stack;
    private final BalancerPeers peers;
    private final OrderLedger ledger;
    private final LongAdder rotations;
    private final String nginxImage;
    private final AtomicInteger numbers = new AtomicInteger();

    private BalancerBench(
            LabScheduler scheduler,
            BenchedStack benched,
            BalancerPeers peers,
            OrderLedger ledger,
            LongAdder rotations,
            String nginxImage) {
        this.scheduler = scheduler;
        this.benched = benched;
        this.stack = benched.stack();
        this.peers = peers;
        this.ledger = ledger;
        this.rotations = rotations;
        this.nginxImage = nginxImage;
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
        LongAdder rotations = new LongAdder();
        BenchedStack benched = BenchedStack.up(
                new BenchedStack.Setup(setup.run(), setup.topology(), setup.images(), setup.port()),
                engine,
                scheduler,
                progress,
                new RotationCount(rotations, telemetry));
        BalancerPeers peers = new BalancerPeers(engine, benched.owner(), setup.topology());
        try {
            peers.start(
                    setup.home().resolve("docker/peers"),
                    benched.folder().resolve("peers"),
                    setup.images().loadBalancer(),
                    setup.haproxy());
            return new BalancerBench(
                    scheduler,
                    benched,
                    peers,
                    new OrderLedger(peers.startLedger(setup.haproxy())),
                    rotations,
                    setup.images().loadBalancer());
        } catch (IOException | RuntimeException failure) {
            benched.close();
            throw failure;
        }
    }

    /**
     * Measures everything that the plan has.
     *
     * @throws BenchFailed if the targets do not come back after a trial; those before it were told
     */
    public void run(Plan plan, Listener told) {
        warmUp(plan.rate());
        for (int time = 0; time < Math.max(plan.times(), plan.peerTimes()); time++) {
            for (Disturbance disturbance : plan.disturbances()) {
                for (Mix mix : plan.mixes()) {
                    for (Contender contender : Contender.values()) {
                        if (time < plan.timesOf(contender)) {
                            attempt(plan, contender, disturbance, mix, told);
                        }
                    }
                }
            }
        }
    }

    private void attempt(Plan plan, Contender contender, Disturbance disturbance, Mix mix, Listener told) {
        try {
            told.ended(trial(plan, contender, disturbance, mix));
        } catch (IllegalStateException | UncheckedIOException | EngineException failure) {
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            told.failed(disturbance.word() + ", " + mix.title() + ", " + contender.title(), failure.getMessage());
            awaitInService(disturbance.word());
        }
    }

    /** The client's code is compiled while it runs, and so is what the balancers meet for the first time. */
    private void warmUp(int rate) {
        for (Contender contender : Contender.values()) {
            try (LoadClient client = new LoadClient(scheduler)) {
                client.open(source(peers.service(contender), Mix.ORDERS, false), rate, WARM_UP);
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
                    client.open(source(peers.service(Contender.OURS), Mix.ORDERS, false), rate, time.plus(SETTLE));
            return Changes.of(asked.get(), rotations.sum() - before, time, answers);
        } finally {
            changing.close();
            stack.fleet().register(VICTIM);
            awaitInService("changes of targets");
        }
    }

    /** The same nginx with the lab's controller and without it, in turn. */
    public List<Throughput> throughput(int times, Duration time, int atOnce) throws IOException {
        URI alone = peers.startWithoutController(
                benched.folder().resolve("nginx/nginx.conf"), benched.folder().resolve("peers"), nginxImage);
        List<Throughput> all = new ArrayList<>();
        try (LoadClient client = new LoadClient(scheduler)) {
            client.closed(RequestSource.pages(alone), atOnce, WARM_UP);
            for (int i = 0; i < times; i++) {
                for (boolean controller : new boolean[] {true, false}) {
                    URI service = controller ? peers.service(Contender.OURS) : alone;
                    all.add(Throughput.of(controller, time, client.closed(RequestSource.pages(service), atOnce, time)));
                }
            }
        }
        return all;
    }

    private void awaitInService(String after) {
        if (!stack.awaitInService(GATE, what -> {})) {
            throw new BenchFailed("expected every target in service again within " + GATE + " of " + after + ", found "
                    + stack.targets());
        }
    }

    /** What a trial's load saw. */
    private record Seen(List<Answer> answers, Instant faultAt) {}

    private Trial trial(Plan plan, Contender contender, Disturbance disturbance, Mix mix) {
        ledger.clear();
        Seen seen = load(plan, contender, disturbance, mix);
        // Read now that the target is back: one that was frozen may have written what it had got before.
        OrderAudit orders = mix == Mix.GET ? OrderAudit.NONE : OrderAudit.of(seen.answers(), ledger.read());
        return Trial.of(contender, disturbance, mix, seen.answers(), seen.faultAt(), orders);
    }

    private Seen load(Plan plan, Contender contender, Disturbance disturbance, Mix mix) {
        URI service = peers.service(contender);
        AtomicReference<ActiveFault> active = new AtomicReference<>();
        try (LoadClient client = new LoadClient(scheduler)) {
            // So that connecting is no part of it.
            client.open(RequestSource.pages(service), plan.rate(), Duration.ofMillis(500));
            RequestSource requests = source(service, mix, plan.forgetful());
            Instant faultAt = scheduler.instant().plus(BEFORE);
            disturbance
                    .fault()
                    .ifPresent(fault ->
                            scheduler.after(BEFORE, () -> active.set(stack.inject(fault, VICTIM, Optional.empty()))));
            List<Answer> answers = client.open(requests, plan.rate(), plan.duration());
            if (disturbance.fault().isPresent()) {
                faultAt = effective(disturbance, active.get()).injectedAt();
            }
            return new Seen(answers, faultAt);
        } finally {
            Optional.ofNullable(active.get()).ifPresent(stack::heal);
            awaitInService(disturbance.word());
        }
    }

    /** Without its fault a trial would show how well all is borne. */
    private static ActiveFault effective(Disturbance disturbance, ActiveFault fault) {
        if (fault == null || !fault.tookEffect()) {
            throw new IllegalStateException("expected " + disturbance.word() + " to take effect, found "
                    + (fault == null ? "that it was not injected" : fault.evidence()));
        }
        return fault;
    }

    private RequestSource source(URI service, Mix mix, boolean forgetful) {
        return switch (mix) {
            case GET -> RequestSource.pages(service);
            case ORDERS ->
                RequestSource.with(
                        service,
                        new RequestSource.Orders(
                                mix.orders(),
                                Integer.toString(numbers.incrementAndGet()),
                                Optional.of(ledger.address()),
                                forgetful));
        };
    }

    @Override
    public void close() {
        ledger.close();
        benched.close();
    }
}
