package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.elb.NginxVersion;
import io.failoverlab.engine.Doctor;
import io.failoverlab.engine.DoctorFinding;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineInstaller;
import io.failoverlab.engine.HostFactsReader;
import io.failoverlab.engine.Image;
import io.failoverlab.engine.Images;
import io.failoverlab.engine.LabHome;
import io.failoverlab.environment.MemoryBudget;
import io.failoverlab.environment.StackImages;
import io.failoverlab.experiment.ExperimentRunner;
import io.failoverlab.history.RunFolder;
import io.failoverlab.session.LabSession;
import io.failoverlab.session.Session;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.topology.Cidr;
import io.failoverlab.topology.Subnet;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
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
        Images images = engine.images(home, scheduler).ensure(terminal::say);
        return new Workbench(terminal, scheduler, home, engine, images);
    }

    LabScheduler scheduler() {
        return scheduler;
    }

    /**
     * Makes sure that the topology's addresses are free on this machine, that its memory would do, and that database and
     * balancer are of versions that take it.
     *
     * @throws UserError with every clash
     * @throws io.failoverlab.document.InvalidInput with the sum of the memory limits, if it is too much
     */
    void requireRoom(Topology topology) {
        requireVersions(topology);
        MemoryBudget memory = MemoryBudget.of(engine);
        memory.require(topology);
        memory.warning(topology).ifPresent(terminal::say);
        List<Cidr> plan = topology.subnets().stream().map(Subnet::cidr).toList();
        List<String> clashes = Doctor.examine(HostFactsReader.read(home, List.of()), plan).stream()
                .filter(finding -> finding.level() == DoctorFinding.Level.FAIL)
                .map(DoctorFinding::toString)
                .toList();
        if (!clashes.isEmpty()) {
            throw UserError.environment(
                    "this machine cannot take " + topology.name() + " now:\n  " + String.join("\n  ", clashes)
                            + "\n  --base moves it to another block, such as --base 10.77.0.0/16");
        }
    }

    /** A parameter group is made for one engine; an older nginx does not know all directives. */
    private void requireVersions(Topology topology) {
        try {
            topology.databases()
                    .getFirst()
                    .options()
                    .parameterGroup()
                    .requireEngine(images.mysql().version());
            NginxVersion.parse(images.nginx().version()).require(topology.loadBalancer());
        } catch (IllegalArgumentException other) {
            throw UserError.usage(topology.name() + ": " + other.getMessage());
        }
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

    /** HAProxy's image, built if it is not there yet. */
    Image haproxy() {
        return engine.images(home, scheduler).ensureHaproxy(terminal::say);
    }

    StackImages stackImages() {
        return new StackImages(
                images.web().reference(),
                images.nginx().reference(),
                images.mysql().reference());
    }

    /** Options of a run of its own id. */
    ExperimentRunner.Options runOptions(
            RunFolder folder,
            StackImages made,
            int servicePort,
            int monitorPort,
            String repeat,
            LoadGenerator.HtmlReport gatling) {
        return new ExperimentRunner.Options(
                home.folder(), folder.path(), newRun(), made, servicePort, monitorPort, repeat, versions(), gatling);
    }

    /** Options of a run on the stack of a lab that is up. */
    ExperimentRunner.Options optionsHere(LabSession here, RunFolder folder, String repeat) {
        Session lab = here.session();
        return new ExperimentRunner.Options(
                home.folder(),
                folder.path(),
                lab.run(),
                here.images(),
                lab.service().getPort(),
                lab.monitor().getPort(),
                repeat,
                versions(),
                LoadGenerator.HtmlReport.LEAVE_OUT);
    }

    /** What a run was made with, for its history. */
    private Map<String, String> versions() {
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
