package io.failoverlab.session;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.Owner;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.Identities;
import io.failoverlab.environment.Launch;
import io.failoverlab.environment.Leftovers;
import io.failoverlab.environment.Progress;
import io.failoverlab.environment.StackImages;
import io.failoverlab.telemetry.AwsCadence;
import io.failoverlab.telemetry.LabCadence;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import io.failoverlab.watch.AlarmChange;
import io.failoverlab.watch.AlarmWebhook;
import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.MonitorProcess;
import io.failoverlab.watch.MonitorPublisher;
import io.failoverlab.watch.ScrapeTarget;
import io.failoverlab.watch.StackAlarms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * A lab that is up: the stack, its monitor with the stack's alarms, and a way in for other terminals. Closing it removes
 * all of it; if this process is killed, the monitor ends by itself and the next lab removes the rest.
 */
public final class LabSession implements AutoCloseable {
    /**
     * What to bring up.
     *
     * @param home folder of the installation
     * @param servicePort of the balancer on 127.0.0.1
     * @param monitorPort of the monitor on 127.0.0.1; 0 takes any free one
     */
    public record Options(
            Path home, String run, Topology topology, StackImages images, int servicePort, int monitorPort) {}

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
    private Session session;
    private Environment environment;
    private MonitorClient monitor;
    private MonitorPublisher publisher;

    private LabSession(Options options, Consumer<String> trouble) {
        this.options = options;
        this.trouble = trouble;
        this.identities = Identities.random(options.topology(), new SecureRandom());
    }

    /**
     * Removes what dead labs left, then brings everything up. Whatever fails, nothing is left.
     *
     * @throws LabIsUp if another lab of this engine is up
     * @throws io.failoverlab.environment.EnvironmentFailed if a part of the stack does not come up
     * @throws io.failoverlab.watch.MonitorFailed if the monitor does not
     */
    public static LabSession up(Options options, Engine engine, LabScheduler scheduler, Listeners listeners) {
        LabSession lab = new LabSession(options, listeners.trouble());
        try {
            lab.start(engine, scheduler, listeners);
            return lab;
        } catch (RuntimeException failure) {
            lab.close();
            throw failure;
        } catch (IOException failure) {
            lab.close();
            throw new UncheckedIOException("the lab could not be brought up", failure);
        }
    }

    private void start(Engine engine, LabScheduler scheduler, Listeners listeners) throws IOException {
        Sessions sessions = Sessions.ofUser();
        Leftovers leftovers = new Leftovers(engine);
        leftovers.livingOwners().stream().findFirst().ifPresent(owner -> {
            throw new LabIsUp(owner);
        });
        leftovers.removeDead().forEach(sessions::remove);
        Path folder = sessions.create(options.run());
        parts.push(() -> sessions.remove(options.run()));

        AlarmWebhook webhook = new AlarmWebhook(scheduler, listeners.alarms());
        parts.push(webhook);
        MonitorProcess process = MonitorProcess.start(
                new MonitorProcess.Settings(options.home(), options.monitorPort(), folder, webhook.url()),
                scrapeTargets());
        parts.push(process);
        monitor = new MonitorClient(process.url(), options.topology().region());
        parts.push(monitor);
        publisher = new MonitorPublisher(monitor, listeners.trouble());
        parts.push(publisher);

        environment = Launch.up(new Launch.Plan(
                engine,
                Owner.ofThisProcess(options.run()),
                options.topology(),
                options.images(),
                identities,
                folder,
                options.servicePort(),
                scheduler,
                new TelemetryFan(List.of(byClocks(publisher), listeners.telemetry())),
                listeners.progress()));
        parts.push(environment);
        StackAlarms.of(watched()).forEach(monitor::put);

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
        parts.push(new ControlServer(session.socket(), new ControlHandler(environment, downAsked)));
        sessions.publish(session);
    }

    private List<ScrapeTarget> scrapeTargets() {
        return options.topology().web().stream()
                .map(web -> new ScrapeTarget(
                        web.primary().address() + ":8080",
                        Map.of("InstanceId", identities.instances().get(web.name()), "InstanceName", web.name())))
                .toList();
    }

    /** What the monitor gets to see, and how often. */
    private Telemetry byClocks(Telemetry telemetry) {
        Timing timing = options.topology().loadBalancer().timing();
        return switch (timing.clocks()) {
            case LAB -> new LabCadence(telemetry);
            case AWS -> new AwsCadence(telemetry, timing.scale());
        };
    }

    /** Web servers and databases; the balancer is AWS's own business. */
    private StackAlarms.Stack watched() {
        Topology topology = options.topology();
        Map<String, StackAlarms.Instance> instances = new LinkedHashMap<>();
        Map<String, String> zones = new LinkedHashMap<>();
        for (Instance web : topology.web()) {
            String id = identities.instances().get(web.name());
            instances.put(web.name(), new StackAlarms.Instance(id, web.monitoring()));
            zones.put(web.zone().letter(), web.zone().azName());
        }
        topology.databases()
                .forEach(database -> instances.put(
                        database.identifier(),
                        new StackAlarms.Instance(identities.instances().get(database.identifier()), Monitoring.BASIC)));
        return new StackAlarms.Stack(
                instances,
                zones,
                identities.loadBalancer(),
                identities.targetGroup(),
                topology.loadBalancer().timing());
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
