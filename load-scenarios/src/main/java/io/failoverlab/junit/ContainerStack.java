package io.failoverlab.junit;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.environment.StackImages;
import io.failoverlab.experiment.Experiment;
import io.failoverlab.experiment.ExperimentRunner;
import io.failoverlab.experiment.LiveLab;
import io.failoverlab.experiment.LiveRun;
import io.failoverlab.session.LabSession;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** A stack of containers with its monitor. One load at a time: tests that run at once take turns. */
final class ContainerStack implements Stack {
    /**
     * What to bring up.
     *
     * @param home folder of the installation
     * @param runs where the runs of the tests are kept
     * @param run id of the stack
     */
    record Settings(
            Path home,
            Path runs,
            String run,
            Topology topology,
            StackImages images,
            int servicePort,
            Map<String, String> versions) {}

    private final Settings settings;
    private final LabScheduler scheduler;
    private final LiveLab lab;
    private final Semaphore turn = new Semaphore(1);
    private final AtomicInteger loads = new AtomicInteger();

    private ContainerStack(Settings settings, LabScheduler scheduler, LiveLab lab) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.lab = lab;
    }

    static ContainerStack up(Settings settings, Engine engine, LabScheduler scheduler) {
        QuietNarrator narrator = new QuietNarrator();
        return new ContainerStack(
                settings,
                scheduler,
                LiveLab.up(
                        new LabSession.Options(
                                settings.home(),
                                settings.run(),
                                settings.topology(),
                                settings.images(),
                                settings.servicePort(),
                                0),
                        engine,
                        scheduler,
                        narrator,
                        narrator));
    }

    @Override
    public Topology topology() {
        return lab.session().environment().topology();
    }

    @Override
    public URI service() {
        return lab.session().environment().service();
    }

    @Override
    public URI monitor() {
        return lab.session().session().monitor();
    }

    @Override
    public String monitorToken() {
        return lab.session().session().access().token();
    }

    @Override
    public LoadRun begin(Experiment experiment) throws InterruptedException {
        turn.acquire();
        try {
            LiveRun run = lab.begin(experiment, options(experiment));
            return new LoadRun(run, new Waiting(), turn::release);
        } catch (IOException failure) {
            turn.release();
            throw new UncheckedIOException("the run's folder could not be written", failure);
        } catch (RuntimeException | InterruptedException failure) {
            turn.release();
            throw failure;
        }
    }

    private ExperimentRunner.Options options(Experiment experiment) {
        Path folder =
                settings.runs().resolve(experiment.name()).resolve(settings.run() + "-" + loads.incrementAndGet());
        return new ExperimentRunner.Options(
                settings.home(),
                folder,
                settings.run(),
                settings.images(),
                settings.servicePort(),
                0,
                "the test " + experiment.name(),
                settings.versions(),
                LoadGenerator.HtmlReport.LEAVE_OUT);
    }

    @Override
    public void close() {
        try (scheduler) {
            lab.close();
        }
    }

    private final class Waiting implements LoadRun.Awaiting {
        @Override
        public String alarm(String name, String wanted, Duration limit) {
            return scheduler
                    .await(
                            limit,
                            () -> alarm(name)
                                    .map(MetricAlarm::stateValueAsString)
                                    .filter(wanted::equals))
                    .orElseGet(() -> alarm(name)
                            .map(alarm -> alarm.stateValueAsString() + " (" + alarm.stateReason() + ")")
                            .orElseGet(() -> "no such alarm; there are "
                                    + alarms().stream()
                                            .map(MetricAlarm::alarmName)
                                            .toList()));
        }

        @Override
        public String outOfService(Duration limit) {
            return lab.session().environment().awaitInService(limit, waiting -> {})
                    ? ""
                    : String.join(", ", lab.session().environment().outOfService()) + " out of service";
        }

        private Optional<MetricAlarm> alarm(String name) {
            return alarms().stream()
                    .filter(alarm -> alarm.alarmName().equals(name))
                    .findFirst();
        }

        private List<MetricAlarm> alarms() {
            return lab.session().monitor().alarms();
        }
    }
}
