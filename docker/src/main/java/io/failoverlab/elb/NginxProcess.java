package io.failoverlab.elb;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Balancing;
import io.failoverlab.topology.LoadBalancer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** The running nginx: its configuration, its answers to the lab, and its ways to targets. */
public final class NginxProcess {
    /** Where nginx finds the folder of its configuration, inside its container. */
    public static final String MOUNTED_AT = "/etc/nginx/lab";

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(5);
    private static final Duration SECLUSION_LIMIT = Duration.ofSeconds(2);

    private final Path folder;
    private final LoadBalancer model;
    private final List<String> listen;
    private final String controller;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final CloseableHttpClient control = HealthProbe.client(Duration.ofMillis(500));

    private final Seclusion seclusion = new Seclusion();
    private final Reloads reloads;
    private final Generations generations;
    private volatile EngineContainer container;

    /**
     * @param folder the host's folder that nginx reads its configuration from
     * @param model of the balancer; one left at nginx's defaults serves every registered target
     * @param listen addresses at which it serves clients, the first one reachable from the host
     * @param controller of the host, as the balancer sees it
     */
    public NginxProcess(
            Path folder,
            LoadBalancer model,
            List<String> listen,
            String controller,
            LabScheduler scheduler,
            Telemetry telemetry) {
        this.folder = folder;
        this.model = model;
        this.listen = List.copyOf(listen);
        this.controller = controller;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
        this.generations = new Generations(folder, scheduler);
        this.reloads = new Reloads(new Running(), model.balancing(), scheduler, telemetry);
    }

    /** Writes the configuration to start with: no targets, so every request is answered with 503. */
    public void prepare() {
        write(Rotation.EMPTY, reloads.first());
    }

    /**
     * Waits until it serves.
     *
     * @return whether it does within the limit
     */
    public boolean awaitServing(EngineContainer started, Duration limit) {
        container = started;
        if (!serves(reloads.first(), limit)) {
            return false;
        }
        reloads.begin();
        seclusion.begin(line -> run(started, line));
        return true;
    }

    /**
     * Goes on with an nginx that another process of the lab configured.
     *
     * @return whether it says within the limit which generation it serves
     */
    public boolean takeOver(EngineContainer running, Duration limit) {
        Optional<Long> served = scheduler.await(
                limit,
                () -> Optional.of(ask("/generation"))
                        .filter(text -> text.matches("\\d{1,18}"))
                        .map(Long::parseLong));
        container = running;
        // One that was written and not yet loaded may still be on its way.
        served.ifPresent(number -> reloads.goOn(Math.max(number, writtenGeneration())));
        try {
            seclusion.goOn(line -> run(running, line));
        } catch (EngineException failure) {
            trouble("what an earlier lab shut off could not be opened: " + failure.getMessage());
        }
        return served.isPresent();
    }

    private long writtenGeneration() {
        try {
            Matcher number =
                    Pattern.compile("generation (\\d{1,18})").matcher(Files.readString(folder.resolve("nginx.conf")));
            return number.find() ? Long.parseLong(number.group(1)) : 0;
        } catch (IOException failure) {
            throw new UncheckedIOException("nginx's configuration could not be read", failure);
        }
    }

    /** As {@link Reloads#serve}. */
    void serve(Rotation rotation) {
        reloads.serve(rotation);
    }

    /** The balancer runs again after it had ended: it has read what was written last, and takes what was refused. */
    void restarted() {
        reloads.restarted();
        seclusion.begin(line -> run(container, line));
    }

    private static void run(EngineContainer balancer, String line) {
        ExecResult result = balancer.execPrivileged(SECLUSION_LIMIT, "sh", "-c", line);
        if (result.exitCode() != 0) {
            throw new EngineException("`" + line + "` in the balancer ended with exit code " + result.exitCode() + ": "
                    + (result.stderr() + result.stdout()).strip());
        }
    }

    /**
     * A target is known to be gone: whatever is under way to it goes on to the next one now, as far as it may be repeated, and
     * nothing new waits for its address. Only where requests may be repeated: elsewhere it would change how they fail. Returns
     * at once: whoever is told of the loss next is not to wait for it.
     *
     * @param absence decides about what may not be repeated
     */
    void abandon(Target target, Absence absence) {
        boolean repeats = switch (model.forwarding().retry()) {
            case NONE, ALB -> false;
            case SAFE, IDEMPOTENT -> true;
        };
        if (model.balancing() == Balancing.TUNED && repeats) {
            seclusion.condemn(target.address());
            scheduler.launch(() -> shutOff(target, absence));
        }
    }

    private void shutOff(Target target, Absence absence) {
        try {
            seclusion.shutOff(target.address(), absence);
        } catch (EngineException failure) {
            // The next configuration leaves it out all the same, only later.
            trouble("the address of " + target.name() + " could not be shut off: " + failure.getMessage());
        }
    }

    /** The target is there again, or another one at its address: it is not to be shut off, if it is not yet. */
    void pardon(Target target) {
        seclusion.pardon(target.address());
    }

    /** The way to a pardoned target is open, unless it is condemned again. */
    void open(Target target) {
        try {
            seclusion.open(target.address());
        } catch (EngineException failure) {
            trouble("the address of " + target.name() + " could not be opened again: " + failure.getMessage());
        }
    }

    private final class Running implements Reloads.Nginx {
        @Override
        public void write(Rotation rotation, long generation) {
            NginxProcess.this.write(rotation, generation);
        }

        @Override
        public void reload() {
            container.signal("HUP");
        }

        @Override
        public boolean serves(long generation, Duration limit) {
            boolean served = NginxProcess.this.serves(generation, limit);
            if (served) {
                // Whoever waits for the first targets comes at once, and an earlier worker would answer that there are
                // none.
                generations.retireBefore(generation, reloads.serving().isEmpty());
            }
            return served;
        }

        @Override
        public Optional<String> refusalSince(Instant since) {
            return container.errorLinesSince(since).stream()
                    .filter(line -> line.contains("[emerg]"))
                    .reduce((first, second) -> second);
        }
    }

    private boolean serves(long number, Duration limit) {
        return scheduler
                .await(
                        limit,
                        () -> ask("/generation").equals(Long.toString(number)) ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /** What it counts of its connections; empty if it does not answer. */
    Optional<NginxStatus> status() {
        return NginxStatus.parse(ask("/status"));
    }

    private String ask(String path) {
        String url = "http://" + listen.getFirst() + ":" + NginxConfiguration.CONTROL_PORT + path;
        try {
            return control.execute(
                    new HttpGet(url),
                    response -> EntityUtils.toString(response.getEntity()).strip());
        } catch (IOException noAnswer) {
            return "";
        }
    }

    private void write(Rotation rotation, long number) {
        Path file = folder.resolve("nginx.conf");
        Path next = folder.resolve("nginx.conf.next");
        try {
            Files.createDirectories(folder);
            generations.begin(number);
            Files.writeString(next, NginxConfiguration.render(model, listen, rotation, number, controller));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("nginx's configuration could not be written", failure);
        }
    }

    /**
     * Whether a target gets no requests any more and none is under way. Old workers close their idle connections when they
     * begin to end, so what is left is in use.
     */
    boolean isFree(Target target) {
        if (reloads.maySendTo(target) || generations.areRetiring()) {
            return false;
        }
        try {
            ExecResult table = container.exec(COMMAND_LIMIT, "cat", "/proc/net/tcp");
            return table.exitCode() == 0
                    && Connections.countTo(
                                    target.address(),
                                    target.port(),
                                    table.stdout().lines().toList())
                            == 0;
        } catch (EngineException gone) {
            return false;
        }
    }

    /** Ends every connection to a target. A request on one goes on to the next target, or fails, by the retry policy. */
    void cut(Target target) {
        try {
            ExecResult cut = container.execPrivileged(
                    COMMAND_LIMIT, "ss", "-K", "dst", target.address(), "dport", "=", Integer.toString(target.port()));
            if (cut.exitCode() != 0) {
                trouble(notCut(target, cut.stderr().strip()));
            }
        } catch (EngineException failure) {
            trouble(notCut(target, failure.getMessage()));
        }
    }

    /**
     * Ends the connections of a network balancer's clients to a target that is lost. They see a reset, as from a Network Load
     * Balancer; of the few whose client is not found the balancer ends the other side, and nginx closes theirs in order.
     */
    void reset(Target target) {
        try {
            ExecResult sockets = container.execPrivileged(COMMAND_LIMIT, "ss", "-Htnpe", "state", "established");
            for (String clients :
                    Flows.ofClients(target, sockets.stdout().lines().toList())) {
                container.execPrivileged(COMMAND_LIMIT, "ss", "-HK", "state", "established", clients);
            }
        } catch (EngineException failure) {
            trouble(notCut(target, failure.getMessage()));
        }
        cut(target);
    }

    private static String notCut(Target target, String why) {
        return "connections to " + target.name() + " could not be cut: " + why;
    }

    private void trouble(String message) {
        telemetry.happened(new StackEvent.Trouble(scheduler.instant(), message));
    }

    List<Target> serving() {
        return reloads.serving();
    }
}
