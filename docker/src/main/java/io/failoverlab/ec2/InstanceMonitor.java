package io.failoverlab.ec2;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerEvent;
import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.engine.EngineException;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Watches one instance: publishes {@code AWS/EC2} metrics once a second, and its end at the moment the engine reports
 * it, without waiting for the next check.
 */
public final class InstanceMonitor implements AutoCloseable {
    private static final Duration STATUS_CHECK_INTERVAL = Duration.ofSeconds(1);

    private final Ec2Instance instance;
    private final InstanceMetrics metrics;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final Consumer<ContainerUsage> counters;
    private AutoCloseable usage = () -> {};
    private AutoCloseable checks = () -> {};

    public InstanceMonitor(Ec2Instance instance, LabScheduler scheduler, Telemetry telemetry) {
        this(instance, scheduler, telemetry, reading -> {});
    }

    /** @param counters told of every reading of the instance's counters, for what else is made of them */
    public InstanceMonitor(
            Ec2Instance instance, LabScheduler scheduler, Telemetry telemetry, Consumer<ContainerUsage> counters) {
        this.instance = instance;
        this.counters = counters;
        this.metrics = new InstanceMetrics(instance.watched(), instance.cores());
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    public synchronized void start() {
        tell(scheduler.instant(), InstanceState.RUNNING, "launched");
        followUsage();
        checks = scheduler.every(STATUS_CHECK_INTERVAL, this::checkStatus);
    }

    private synchronized void followUsage() {
        closeQuietly(usage);
        usage = instance.container().usage(reading -> {
            List<Measurement> measurements = metrics.read(reading);
            if (!measurements.isEmpty()) {
                telemetry.measured(measurements);
            }
            counters.accept(reading);
        });
    }

    private void checkStatus() {
        try {
            instance.statusChecks().ifPresent(found -> publish(scheduler.instant(), found));
        } catch (EngineException noAnswer) {
            // Neither passed nor failed: no datapoint, and the alarm's treatment of missing data decides.
        }
    }

    private void publish(Instant at, StatusChecks found) {
        telemetry.measured(metrics.statusChecks(at, found));
    }

    /** Takes in what the engine reports of this instance's container. */
    public void happened(ContainerEvent event) {
        switch (event.action()) {
            case "die" -> {
                if (instance.isRebooting()) {
                    tell(event.at(), InstanceState.RUNNING, "reboots: its processes ended");
                    return;
                }
                if (!instance.isShutDown()) {
                    publish(event.at(), StatusChecks.HOST_LOST);
                }
                tell(event.at(), InstanceState.STOPPED, "its container ended with exit code " + event.exitCode());
            }
            case "start" -> {
                instance.rebooted();
                tell(event.at(), InstanceState.RUNNING, "its container started");
                followUsage();
            }
            case "pause" -> {
                publish(event.at(), StatusChecks.FROZEN);
                tell(event.at(), InstanceState.RUNNING, "impaired: its processes are frozen");
            }
            case "unpause" -> tell(event.at(), InstanceState.RUNNING, "its processes go on");
            default -> {
                // create, attach, exec and the like say nothing about the instance
            }
        }
    }

    private void tell(Instant at, InstanceState state, String cause) {
        telemetry.happened(new StackEvent.InstanceStateChanged(
                at, instance.name(), instance.id(), instance.zone(), state.word(), cause));
    }

    @Override
    public synchronized void close() {
        closeQuietly(checks);
        closeQuietly(usage);
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception ended) {
            // the stream had ended with its container
        }
    }
}
