package io.failoverlab.elb;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
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
import java.util.List;
import java.util.Optional;

/**
 * The running nginx: gets configurations and is asked afterwards which one it serves, since a reload that nginx refuses
 * still exits with success.
 */
public final class NginxProcess {
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(3);

    private final Path folder;
    private final LoadBalancer model;
    private final List<String> listen;
    private final String controller;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final HealthProbe control = new HealthProbe("/generation", Duration.ofMillis(500), 200);

    private EngineContainer container;
    private List<Target> wanted = List.of();
    private List<Target> registered = List.of();
    private List<Target> serving = List.of();
    private long generation = 1;
    private boolean applying;

    /**
     * @param folder the host's folder that nginx reads its configuration from
     * @param model of the balancer; one left at nginx's defaults always serves every target
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
    }

    /** Writes the configuration to start with: no targets, so every request is answered with 503. */
    public void prepare() {
        write(List.of(), generation);
    }

    /**
     * Waits until it serves.
     *
     * @return whether it does within the limit
     */
    public boolean awaitServing(EngineContainer started, Duration limit) {
        synchronized (this) {
            container = started;
        }
        return serves(generation, limit);
    }

    /** Has nginx serve the rotation, and try the others registered if it fails. Returns at once; several calls in a row may end in one reload of the last. */
    public void serve(List<Target> rotation, List<Target> allRegistered) {
        synchronized (this) {
            wanted = rotation;
            registered = allRegistered;
            if (applying || container == null) {
                return;
            }
            applying = true;
        }
        scheduler.launch(this::applyUntilSettled);
    }

    private void applyUntilSettled() {
        while (true) {
            List<Target> next;
            long number;
            synchronized (this) {
                // An untuned nginx knows nothing of health: once it has every target it is left alone.
                boolean settled =
                        model.balancing() == Balancing.TUNED ? wanted.equals(serving) : serving.containsAll(wanted);
                if (settled) {
                    applying = false;
                    return;
                }
                next = wanted;
                number = ++generation;
            }
            Optional<String> refusal = apply(next, number);
            synchronized (this) {
                if (refusal.isEmpty()) {
                    serving = next;
                    telemetry.happened(new StackEvent.RotationChanged(
                            scheduler.instant(), next.stream().map(Target::name).toList(), number));
                } else {
                    telemetry.happened(new StackEvent.RotationRejected(scheduler.instant(), number, refusal.get()));
                    write(serving, generation);
                    applying = false;
                    return;
                }
            }
        }
    }

    /** Empty if nginx was seen serving it, otherwise why not. */
    private Optional<String> apply(List<Target> rotation, long number) {
        try {
            write(rotation, number);
            container.signal("HUP");
            if (serves(number, RELOAD_LIMIT)) {
                return Optional.empty();
            }
            return Optional.of("generation " + number + " is not served " + RELOAD_LIMIT.toSeconds()
                    + " s after the reload: "
                    + container.lastLogLines(20).stream()
                            .filter(line -> line.contains("[emerg]") || line.contains("[error]"))
                            .reduce((first, second) -> second)
                            .orElse("nginx gave no reason"));
        } catch (EngineException failure) {
            return Optional.of(failure.getMessage());
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
        return control.read("http://" + listen.getFirst() + ":" + NginxConfiguration.CONTROL_PORT + path);
    }

    private void write(List<Target> rotation, long number) {
        List<Target> everyone;
        synchronized (this) {
            everyone = registered;
        }
        Path file = folder.resolve("nginx.conf");
        Path next = folder.resolve("nginx.conf.next");
        try {
            Files.createDirectories(folder);
            Files.writeString(next, NginxConfiguration.render(model, listen, rotation, everyone, number, controller));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("nginx's configuration could not be written", failure);
        }
    }

    synchronized List<Target> serving() {
        return serving;
    }
}
