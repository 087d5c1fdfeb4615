package io.failoverlab.ec2;

import io.failoverlab.engine.ContainerState;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.ExecResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One instance: a container with an identity. Its address, id and name stay the same over stop and start.
 *
 * <p>The state is asked of the engine each time, so that a container killed behind the lab's back is seen as what it is.
 */
public final class Ec2Instance {
    /** EC2 gives the operating system a while to shut down; here the application drains within five seconds. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(8);

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final String id;
    private final String zone;
    private final double cores;
    private final EngineContainer container;
    private final Watched watched;
    private volatile boolean shutDown;
    private volatile boolean rebooting;

    /** Set once its end is asked for: there is no way back. */
    private volatile Optional<InstanceState> end = Optional.empty();

    /** @param cores processors of the instance's type as the lab grants them; the measure of its CPU utilisation */
    public Ec2Instance(String name, String id, String zone, double cores, EngineContainer container, Watched watched) {
        this.name = name;
        this.id = id;
        this.zone = zone;
        this.cores = cores;
        this.container = container;
        this.watched = watched;
    }

    /** What runs as an instance here and is a service on AWS. */
    public static Ec2Instance ofService(String name, String id, double cores, EngineContainer container) {
        return new Ec2Instance(name, id, "", cores, container, Watched.unknownToEc2(id));
    }

    public String name() {
        return name;
    }

    public String id() {
        return id;
    }

    /** Availability Zone, such as {@code ap-northeast-1a}. */
    public String zone() {
        return zone;
    }

    public double cores() {
        return cores;
    }

    /** Under which dimensions its metrics are published, and how often. */
    public Watched watched() {
        return watched;
    }

    /** The container it runs in, for logs, processes and counters. */
    public EngineContainer container() {
        return container;
    }

    public InstanceState state() {
        return end.orElseGet(this::stateOfContainer);
    }

    private InstanceState stateOfContainer() {
        return container.state().running() ? InstanceState.RUNNING : InstanceState.STOPPED;
    }

    /** Whether it runs, is not frozen and is on a network; see {@link StatusChecks}. */
    public boolean passesStatusChecks() {
        return !StatusChecks.of(container.state()).anyFailed();
    }

    /** Empty for an instance that was stopped in order: EC2 does not check it. */
    Optional<StatusChecks> statusChecks() {
        ContainerState state = container.state();
        return shutDown && !state.running() ? Optional.empty() : Optional.of(StatusChecks.of(state));
    }

    /** Whether it was asked to end, for good or to come up again: if it ends now it does as it was told. */
    public boolean isToEnd() {
        return shutDown || rebooting;
    }

    /** Whether it was asked to stop, not only to come up again, and not started since. */
    public boolean isToStop() {
        return shutDown && !rebooting;
    }

    /** Whether it was asked to stop, and not started since. */
    boolean isShutDown() {
        return shutDown;
    }

    /** @throws NotRunning with the state found, unless it runs and is not paused */
    public void requireRunning() {
        ContainerState state = container.state();
        if (!state.running() || state.paused()) {
            throw new NotRunning("expected " + name + " to be running, found it "
                    + (state.paused()
                            ? "paused; `lab resume " + name + "` goes on"
                            : "stopped; `lab start " + name + "` starts it"));
        }
    }

    /** Ends it at once, as if its host had lost power. */
    public void kill() {
        requireRunning();
        container.signal("KILL");
    }

    /** StopInstances: the operating system shuts down in order. */
    public void stop() {
        requireRunning();
        shutDown = true;
        container.stop(STOP_GRACE);
    }

    /** StartInstances; nothing happens if it runs. */
    public void start() {
        if (container.state().paused()) {
            throw new NotRunning(
                    "expected " + name + " to be stopped, found it paused; `lab resume " + name + "` goes on");
        }
        if (!container.state().running()) {
            container.start();
            shutDown = false;
        }
    }

    /** Freezes every process: it keeps its address and connections and answers nothing. */
    public void pause() {
        requireRunning();
        container.pause();
    }

    /** Undoes {@link #pause()}; nothing happens if it is not paused. */
    public void resume() {
        if (container.state().paused()) {
            container.unpause();
        }
    }

    /** RebootInstances: the same instance, its processes anew; EC2's state of it is running throughout. */
    public void reboot() {
        rebooting = true;
        shutDown = true;
        try {
            if (container.state().running()) {
                container.stop(Duration.ZERO);
            }
            container.start();
        } catch (RuntimeException failure) {
            rebooting = false;
            throw failure;
        }
        shutDown = false;
    }

    boolean isRebooting() {
        return rebooting;
    }

    /** The engine reported that its processes run again. */
    void rebooted() {
        rebooting = false;
    }

    /** TerminateInstances: the operating system shuts down in order, then the instance is gone for good. */
    public void terminate() {
        end = Optional.of(InstanceState.SHUTTING_DOWN);
        if (container.exists()) {
            resume();
            if (container.state().running()) {
                container.stop(STOP_GRACE);
            }
            container.remove();
        }
        end = Optional.of(InstanceState.TERMINATED);
    }

    /** Runs a short command inside. */
    public ExecResult run(String... command) {
        return container.exec(COMMAND_LIMIT, command);
    }

    /** The command lines of its processes with their ids inside the instance. */
    public List<Process> processes() {
        ExecResult listing = run("ps", "-eo", "pid=,args=");
        if (listing.exitCode() != 0) {
            throw new NotRunning("the processes of " + name + " could not be read: "
                    + listing.stderr().strip());
        }
        return listing.stdout()
                .lines()
                .map(String::strip)
                .filter(line -> line.contains(" "))
                .map(line -> line.split("\\s+", 2))
                .map(parts -> new Process(Long.parseLong(parts[0]), parts[1]))
                .toList();
    }

    /** A process inside the instance. */
    public record Process(long pid, String commandLine) {}
}
