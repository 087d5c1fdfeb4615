package io.failoverlab.session;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.Owner;
import io.failoverlab.environment.CannotTakeOver;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.Identities;
import io.failoverlab.environment.Launch;
import io.failoverlab.environment.Leftovers;
import io.failoverlab.environment.Progress;
import io.failoverlab.environment.StackFile;
import io.failoverlab.environment.StackImages;
import io.failoverlab.environment.StackState;
import io.failoverlab.environment.TakeOver;
import io.failoverlab.rds.SnapshotArchive;
import io.failoverlab.telemetry.AwsCadence;
import io.failoverlab.telemetry.LabCadence;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import io.failoverlab.watch.AlarmChange;
import io.failoverlab.watch.AlarmWebhook;
import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.MonitorProcess;
import io.failoverlab.watch.MonitorPublisher;
import io.failoverlab.watch.ScalingRequests;
import io.failoverlab.watch.ScrapeTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A lab that is up: the stack, its monitor with the stack's alarms, and a way in for other terminals. Closing it removes
 * all of it; if this process is killed, the monitor ends by itself, the stack serves on, and the next lab removes it or
 * takes it over.
 */
public final class LabSession implements AutoCloseable {
    /**
     * What to bring up.
     *
     * @param home folder of the installation
     * @param servicePort of the balancer on 127.0.0.1
     * @param monitorPort of the monitor on 127.0.0.1; 0 takes any free one
     * @param page what the monitor's page shows and does
     */
    public record Options(
            Path home, String run, Topology topology, StackImages images, int servicePort, int monitorPort, Page page) {
        /** With the page as it is if nothing is said. */
        public Options(Path home, String run, Topology topology, StackImages images, int servicePort, int monitorPort) {
            this(home, run, topology, images, servicePort, monitorPort, Page.USUAL);
        }
    }

    /**
     * What the page shows and does.
     *
     * @param runs folder of all runs
     * @param policy statements about what each role may do, beside those built in
     */
    public record Page(Path runs, Optional<Path> policy) {
        static final Page USUAL = new Page(Path.of("runs"), Optional.empty());

        public Page {
            runs = runs.toAbsolutePath();
            policy = policy.map(Path::toAbsolutePath);
        }
    }

    /**
     * Who is told what.
     *
     * @param telemetry of the stack, beside the monitor
     * @param alarms every change of an alarm
     * @param trouble in words, what goes wrong in the lab itself
     */
    public record Listeners(
            Progress progress, Telemetry telemetry, Consumer<AlarmChange> alarms, Consumer<String> trouble) {}

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch downAsked = new CountDownLatch(1);
    private final Options options;
    private final Consumer<String> trouble;
    private final Identities identities;
    private final Audience audience = new Audience();
    private Session session;
    private Environment environment;
    private MonitorClient monitor;
    private MonitorPublisher publisher;
    private Activities activities;
    /** A stack that could not be taken over is left as it was found. */
    private volatile boolean removesStack = true;

    private LabSession(Options options, Consumer<String> trouble, Identities identities) {
        this.options = options;
        this.trouble = trouble;
        this.identities = identities;
    }

    /**
     * Removes what dead labs left, then brings everything up. Whatever fails, nothing is left.
     *
     * @throws LabIsUp if another lab of this engine is up
     * @throws io.failoverlab.environment.EnvironmentFailed if a part of the stack does not come up
     * @throws io.failoverlab.watch.MonitorFailed if the monitor does not
     */
    public static LabSession up(Options options, Engine engine, LabScheduler scheduler, Listeners listeners) {
        return up(options, Optional.empty(), engine, scheduler, listeners);
    }

    /**
     * As {@link #up(Options, Engine, LabScheduler, Listeners)}.
     *
     * @param from what the database has at its first start; empty for nothing
     */
    public static LabSession up(
            Options options,
            Optional<SnapshotArchive.Kept> from,
            Engine engine,
            LabScheduler scheduler,
            Listeners listeners) {
        LabSession lab =
                new LabSession(options, listeners.trouble(), Identities.random(options.topology(), new SecureRandom()));
        try {
            lab.start(engine, scheduler, listeners, from);
            return lab;
        } catch (RuntimeException failure) {
            lab.close();
            throw failure;
        } catch (IOException failure) {
            lab.close();
            throw new UncheckedIOException("the lab could not be brought up", failure);
        }
    }

    /**
     * Goes on with the stack of a lab that died: same containers, ids and ports, its monitor started again on what it had
     * kept. Where that fails, the stack is left as it is.
     *
     * @param home folder of the installation
     * @param page what the monitor's page shows and does
     * @param told in words, what was found unfinished and what became of it
     * @throws LabIsUp if another lab of this engine is up
     * @throws io.failoverlab.environment.CannotTakeOver if a part is missing without which it cannot go on
     */
    public static LabSession takeOver(
            Path home,
            Page page,
            Session dead,
            Engine engine,
            LabScheduler scheduler,
            Listeners listeners,
            Consumer<String> told) {
        StackState state = new StackFile(dead.folder()).read();
        Options options = new Options(
                home,
                dead.run(),
                state.topology(),
                state.images(),
                state.servicePort(),
                dead.monitor().getPort(),
                page);
        Identities identities =
                Identities.known(state.instances(), state.loadBalancer(), state.targetGroup(), new SecureRandom());
        LabSession lab = new LabSession(options, listeners.trouble(), identities);
        lab.removesStack = false;
        try {
            requireNoOther(new Leftovers(engine));
            requireRunning(engine, dead.run());
            MonitorPort.awaitFree(options.monitorPort(), scheduler);
            lab.start(engine, scheduler, listeners, Sessions.ofUser(), plan -> TakeOver.of(plan, state, told));
            lab.removesStack = true;
            return lab;
        } catch (RuntimeException failure) {
            lab.close();
            throw failure;
        } catch (IOException failure) {
            lab.close();
            throw new UncheckedIOException("the lab could not be taken over", failure);
        }
    }

    private static void requireNoOther(Leftovers leftovers) {
        leftovers.livingOwners().stream().findFirst().ifPresent(owner -> {
            throw new LabIsUp(owner);
        });
    }

    private static void requireRunning(Engine engine, String run) {
        if (engine.containers(run).isEmpty()) {
            throw new CannotTakeOver("expected the containers of run " + run + " on this engine, found none");
        }
    }

    private void start(Engine engine, LabScheduler scheduler, Listeners listeners, Optional<SnapshotArchive.Kept> from)
            throws IOException {
        Sessions sessions = Sessions.ofUser();
        Leftovers leftovers = new Leftovers(engine);
        requireNoOther(leftovers);
        Set<String> running = leftovers.deadButRunning();
        leftovers.removeDead().forEach(run -> {
            sessions.remove(run);
            if (running.contains(run)) {
                listeners
                        .trouble()
                        .accept("run " + run + ", whose lab had died, still ran and was removed; `lab adopt`"
                                + " takes such a stack over instead");
            }
        });
        start(engine, scheduler, listeners, sessions, plan -> Launch.up(plan, from));
    }

    private void start(
            Engine engine,
            LabScheduler scheduler,
            Listeners listeners,
            Sessions sessions,
            Function<Launch.Plan, Environment> stack)
            throws IOException {
        Path folder = sessions.create(options.run());
        parts.push(() -> {
            if (removesStack) {
                sessions.remove(options.run());
            }
        });

        audience.add(listeners.telemetry(), listeners.alarms());
        AlarmWebhook webhook = new AlarmWebhook(scheduler, audience::alarmChanged);
        parts.push(webhook);
        Path actions = folder.resolve("actions.sock");
        MonitorProcess process = MonitorProcess.start(
                new MonitorProcess.Settings(
                        options.home(),
                        options.monitorPort(),
                        folder,
                        Optional.of(webhook.url()),
                        Optional.of(new MonitorProcess.Console(
                                actions, options.page().runs(), options.page().policy()))),
                scraped(options.topology()));
        parts.push(process);
        monitor = new MonitorClient(process.access(), options.topology().region());
        parts.push(monitor);
        publisher = new MonitorPublisher(monitor, listeners.trouble());
        parts.push(publisher);

        environment = stack.apply(new Launch.Plan(
                engine,
                Owner.ofThisProcess(options.run()),
                options.topology(),
                options.images(),
                identities,
                folder,
                options.servicePort(),
                scheduler,
                new TelemetryFan(List.of(byClocks(publisher), audience)),
                listeners.progress()));
        parts.push(() -> {
            if (removesStack) {
                environment.close();
            } else {
                environment.leave();
            }
        });
        new FleetWatch(process, monitor, identities, this::scraped).begin(environment.fleet());

        environment
                .group()
                .map(group -> GroupAlarms.begin(
                        group, options.topology(), identities.targetGroup(), monitor, listeners.trouble()))
                .ifPresent(alarms -> parts.push(ScalingRequests.follow(monitor, scheduler, alarms::fired)));

        session = new Session(
                options.run(),
                ProcessHandle.current().pid(),
                folder,
                folder.resolve("control.sock"),
                options.topology().name(),
                environment.service(),
                process.url(),
                options.topology().subnets().stream()
                        .map(subnet -> subnet.cidr().toString())
                        .toList());
        activities = new Activities(this, options.page().runs(), scheduler, trouble);
        parts.push(activities);
        ControlHandler handler = new ControlHandler(environment, activities, downAsked);
        parts.push(new LineServer(actions, "actions", PageActions.deskOf(this, activities, handler)));
        parts.push(new ControlServer(session.socket(), handler));
        sessions.publish(session);
    }

    /** Has experiments offered that can be run on this stack. */
    public void offer(Experiments experiments) {
        activities.offer(experiments);
    }

    /**
     * Tells what happens from now on.
     *
     * @return closing it ends that
     */
    public AutoCloseable listen(Telemetry telemetry, Consumer<AlarmChange> alarms) {
        return audience.add(telemetry, alarms);
    }

    /** The web servers' metrics, which the monitor reads. */
    public List<ScrapeTarget> scrapeTargets() {
        return scraped(environment.topology());
    }

    /** An application that is not the lab's own exposes metrics somewhere, if at all. */
    private List<ScrapeTarget> scraped(Topology topology) {
        return options.images().own().isPresent() ? List.of() : FleetWatch.scrapeTargets(topology, identities);
    }

    /** What the monitor gets to see, and how often. */
    private Telemetry byClocks(Telemetry telemetry) {
        Timing timing = options.topology().loadBalancer().timing();
        return switch (timing.clocks()) {
            case LAB -> new LabCadence(telemetry);
            case AWS -> new AwsCadence(telemetry, timing.scale());
        };
    }

    /** What its containers were made of. */
    public StackImages images() {
        return options.images();
    }

    public Session session() {
        return session;
    }

    public Environment environment() {
        return environment;
    }

    public MonitorClient monitor() {
        return monitor;
    }

    /** For measurements that do not come from the stack, such as the client's. */
    public Telemetry telemetry() {
        return publisher;
    }

    public Identities identities() {
        return identities;
    }

    /** Waits until another terminal asks the lab to go down. */
    public void awaitDown() throws InterruptedException {
        downAsked.await();
    }

    @Override
    public void close() {
        // An interrupt that ended the work must not keep the clean-up from waiting for the engine.
        boolean interrupted = Thread.interrupted();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                trouble.accept("while the lab went down: " + failure.getMessage());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
