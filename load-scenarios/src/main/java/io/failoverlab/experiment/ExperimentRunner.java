package io.failoverlab.experiment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.environment.Progress;
import io.failoverlab.environment.StackImages;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fis.Plan;
import io.failoverlab.history.History;
import io.failoverlab.history.HistoryStore;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.RequestLog;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.session.LabSession;
import io.failoverlab.simulation.Ledger;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.simulation.LoadGeneratorFailed;
import io.failoverlab.simulation.LoadResult;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.simulation.RunningLoad;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.verdict.Judge;
import io.failoverlab.watch.AlarmChange;
import io.failoverlab.watch.ClientMetrics;
import io.failoverlab.watch.MonitorFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/**
 * Runs an experiment:
 *
 * <ol>
 *   <li>everything was read and validated before: it takes an {@link Experiment}, which cannot be wrong
 *   <li>bring the environment up,
 *   <li>wait until every target is in service,
 *   <li>set the stack's alarms and let them reach OK
 *   <li>start the load and let it settle
 *   <li>inject each fault at its time, and carry an FIS experiment out from its time on
 *   <li>when the load ends, undo what is still active and wait for the health gate again
 *   <li>read the ledger back
 *   <li>save the history, then judge; reports come after
 * </ol>
 */
public final class ExperimentRunner {
    private static final Duration ALARMS_LIMIT = Duration.ofSeconds(30);
    private static final Duration GATE_LIMIT = Duration.ofSeconds(60);
    /** A failover may be under way when the load ends. */
    private static final Duration FINAL_READ_LIMIT = Duration.ofSeconds(30);

    private static final Duration REPORT_LIMIT = Duration.ofMinutes(3);

    /**
     * Where and with what to run.
     *
     * @param home folder of the installation
     * @param folder of this run, made if missing
     * @param servicePort of the balancer on 127.0.0.1
     * @param monitorPort of the monitor on 127.0.0.1, 0 for any
     * @param repeatCommand the command line that repeats the run
     * @param versions of the parts, to be kept with the history
     * @param gatlingReport whether Gatling makes its own page too
     */
    public record Options(
            Path home,
            Path folder,
            String run,
            StackImages images,
            int servicePort,
            int monitorPort,
            String repeatCommand,
            Map<String, String> versions,
            LoadGenerator.HtmlReport gatlingReport) {}

    private final Experiment experiment;
    private final Options options;
    private final Engine engine;
    private final LabScheduler scheduler;
    private final Progress progress;
    private final Narrator narrator;
    private final HistoryRecorder recorder;
    private final Optional<Plan> plan;
    private volatile Optional<FisExecution> fis = Optional.empty();

    /** @throws io.failoverlab.document.InvalidInput if its FIS experiment cannot be carried out on its topology */
    public ExperimentRunner(
            Experiment experiment,
            Options options,
            Engine engine,
            LabScheduler scheduler,
            Progress progress,
            Narrator narrator) {
        this.experiment = experiment;
        this.options = options;
        this.engine = engine;
        this.scheduler = scheduler;
        this.progress = progress;
        this.narrator = narrator;
        this.recorder = new HistoryRecorder(narrator::happened);
        this.plan = experiment.fis().map(it -> it.plan(experiment.topology()));
    }

    /**
     * Runs it. Whatever happens, nothing of the stack is left afterwards.
     *
     * @throws IOException if the run's folder cannot be written
     * @throws InterruptedException if interrupted; the history so far is not judged
     */
    public RunOutcome run() throws IOException, InterruptedException {
        narrator.step("bringing up " + experiment.topology().name());
        try (LabSession lab = LabSession.up(
                new LabSession.Options(
                        options.home(),
                        options.run(),
                        experiment.topology(),
                        options.images(),
                        options.servicePort(),
                        options.monitorPort()),
                engine,
                scheduler,
                new LabSession.Listeners(progress, recorder, this::alarmChanged, this::trouble))) {
            return run(lab);
        }
    }

    private RunOutcome run(LabSession lab) throws IOException, InterruptedException {
        Map<String, String> ids = lab.identities().instances();
        recorder.nameInstances(ids);
        experiment
                .alarms()
                .forEach(alarm -> lab.monitor()
                        .put(AlarmReader.onStack(
                                alarm,
                                ids,
                                lab.identities().loadBalancer(),
                                lab.identities().targetGroup())));
        narrator.step("alarms: waiting for OK; watch at " + lab.session().monitor());
        AutoCloseable reading = scheduler.every(Duration.ofSeconds(1), () -> readAlarms(lab));
        awaitAlarms(lab);

        forecastInAdvance();
        Path loadFolder = options.folder();
        narrator.step("load: " + experiment.load());
        try (RunningLoad load =
                LoadGenerator.start(profile(lab), loadFolder, options.gatlingReport(), second -> second(lab, second))) {
            narrator.loadStarted(load.startedAt());
            recorder.loadStarted(load.startedAt(), experiment.load().unjudged());
            tellMonitor(lab, load.startedAt(), "Load Started");
            forecast(lab, load.startedAt());
            List<AutoCloseable> schedule = scheduleFaults(lab, load.startedAt());
            fis = plan.map(it -> FisExecution.schedule(
                    it,
                    load.startedAt().plus(experiment.fis().orElseThrow().at()),
                    lab,
                    scheduler,
                    recorder,
                    narrator));
            scheduler.pause(Duration.between(
                    scheduler.instant(), load.startedAt().plus(experiment.load().duration())));
            for (AutoCloseable fault : schedule) {
                closeQuietly(fault);
            }
            fis.ifPresent(FisExecution::close);
            Instant loadEnd = load.startedAt().plus(experiment.load().duration());
            tellMonitor(lab, loadEnd, "Load Ended");
            lab.environment().faults().forEach(lab.environment()::heal);
            narrator.step("load over; waiting for every target to be in service again");
            boolean healthy = lab.environment().awaitInService(GATE_LIMIT, what -> {});
            if (!healthy) {
                recorder.note(
                        scheduler.instant(),
                        "not every target was in service again " + GATE_LIMIT.toSeconds()
                                + " s after the faults were undone");
            }
            awaitLoad(load, loadEnd);
            closeQuietly(reading);
            return save(lab, ids, load.startedAt(), loadFolder);
        }
    }

    /** A generator that broke off leaves what it has done so far, and that is judged: by an assumption, as UNKNOWN. */
    private void awaitLoad(RunningLoad load, Instant plannedEnd) throws InterruptedException {
        try {
            LoadResult result = load.await(REPORT_LIMIT);
            recorder.loadEnded(plannedEnd, result.ending() == LoadResult.Ending.COMPLETED, endingOf(result));
        } catch (LoadGeneratorFailed broken) {
            recorder.loadEnded(scheduler.instant(), false, broken.getMessage());
            trouble(broken.getMessage());
        }
    }

    private void tellMonitor(LabSession lab, Instant at, String detailType) {
        try {
            lab.monitor()
                    .loadEvent(
                            at,
                            detailType,
                            experiment.load().simulation(),
                            experiment.load().rate());
        } catch (MonitorFailed silent) {
            trouble(silent.getMessage());
        }
    }

    private static String endingOf(LoadResult result) {
        return switch (result.ending()) {
            case COMPLETED -> "every planned request was started";
            case STOPPED -> "it was asked to stop";
        };
    }

    private LoadProfile profile(LabSession lab) {
        Experiment.Load load = experiment.load();
        TargetPolicy policy = new TargetPolicy(lab.session().subnets(), InetAddress::getAllByName);
        return new LoadProfile(
                Simulations.named(load.simulation()),
                load.rates(),
                load.unjudged(),
                load.orders(),
                experiment.name().hashCode(),
                policy.check(lab.environment().service()));
    }

    private void forecastInAdvance() {
        for (Experiment.Injection injection : experiment.injections()) {
            forecastOf(injection).ifPresent(it -> narrator.step(it.inAdvance(injection.where())));
        }
    }

    private Optional<LossForecast> forecastOf(Experiment.Injection injection) {
        int rate = Math.max(1, experiment.load().rates().at(injection.at()));
        return LossForecast.of(experiment.topology(), rate, injection.fault());
    }

    /** Once the load has started it is known when the faults come, and so how long the next health check will be off then. */
    private void forecast(LabSession lab, Instant start) {
        for (Experiment.Injection injection : experiment.injections()) {
            Instant at = start.plus(injection.at());
            forecastOf(injection)
                    .ifPresent(it -> lab.environment()
                            .nextHealthCheck(injection.where(), at)
                            .map(next -> Duration.between(at, next))
                            .ifPresent(wait -> {
                                String reckoning = it.reckoning(injection.where(), wait);
                                narrator.step("forecast: " + reckoning);
                                recorder.forecast(
                                        scheduler.instant(),
                                        injection.fault().name(),
                                        injection.where(),
                                        it.lost(wait),
                                        reckoning);
                            }));
        }
    }

    private List<AutoCloseable> scheduleFaults(LabSession lab, Instant start) {
        List<AutoCloseable> scheduled = new ArrayList<>();
        for (Experiment.Injection injection : experiment.injections()) {
            Duration delay = Duration.between(scheduler.instant(), start.plus(injection.at()));
            scheduled.add(scheduler.after(delay, () -> inject(lab, injection)));
        }
        return scheduled;
    }

    private void inject(LabSession lab, Experiment.Injection injection) {
        try {
            ActiveFault active = lab.environment().inject(injection.fault(), injection.where(), injection.limit());
            if (!active.tookEffect()) {
                trouble(injection.fault().name() + " " + active.where() + " took no effect: " + active.evidence());
            }
        } catch (RuntimeException failure) {
            // An assumption of the verdict finds the fault missing or without effect.
            Instant now = scheduler.instant();
            injection
                    .instances()
                    .forEach(instance -> recorder.happened(new StackEvent.FaultInjected(
                            now,
                            injection.fault().name(),
                            instance,
                            injection.fault().standsFor(),
                            false,
                            String.valueOf(failure.getMessage()))));
            trouble(failure.getMessage());
        }
    }

    private void second(LabSession lab, LoadSecond second) {
        recorder.second(second);
        lab.telemetry().measured(ClientMetrics.of(second));
        narrator.second(second);
    }

    private void readAlarms(LabSession lab) {
        try {
            Map<String, String> states = lab.monitor().alarms().stream()
                    .collect(Collectors.toMap(MetricAlarm::alarmName, MetricAlarm::stateValueAsString));
            recorder.alarmsRead(scheduler.instant(), states);
        } catch (MonitorFailed silent) {
            // The silence itself is judged: an assumption wants an answer every few seconds.
            trouble(silent.getMessage());
        }
    }

    private void awaitAlarms(LabSession lab) {
        // The first whole period may begin one period from now, and is judged in the one after it.
        Duration period = Duration.ofSeconds(lab.monitor().alarms().stream()
                .mapToInt(MetricAlarm::period)
                .max()
                .orElse(1));
        Optional<Boolean> settled = scheduler.await(
                ALARMS_LIMIT.plus(period.multipliedBy(3)),
                () -> ofStack(lab).allMatch(alarm -> alarm.stateValueAsString().equals("OK"))
                        ? Optional.of(true)
                        : Optional.empty());
        if (settled.isEmpty()) {
            String waiting = ofStack(lab)
                    .filter(alarm -> !alarm.stateValueAsString().equals("OK"))
                    .map(alarm ->
                            alarm.alarmName() + " " + alarm.stateValueAsString() + " (" + alarm.stateReason() + ")")
                    .collect(Collectors.joining(", "));
            recorder.note(scheduler.instant(), "not in OK before the load: " + waiting);
            trouble("not in OK before the load: " + waiting);
        }
    }

    /** An experiment's own alarms may have nothing to look at before the load. */
    private Stream<MetricAlarm> ofStack(LabSession lab) {
        List<String> own = experiment.alarms().stream()
                .map(PutMetricAlarmRequest::alarmName)
                .toList();
        return lab.monitor().alarms().stream().filter(alarm -> !own.contains(alarm.alarmName()));
    }

    private void alarmChanged(AlarmChange change) {
        recorder.alarmChanged(change);
        narrator.alarmChanged(change);
        fis.ifPresent(it -> it.alarmChanged(change));
    }

    private void trouble(String message) {
        recorder.note(scheduler.instant(), message == null ? "something failed without a message" : message);
        narrator.trouble(message);
    }

    private RunOutcome save(LabSession lab, Map<String, String> ids, Instant start, Path loadFolder)
            throws IOException {
        List<String> damage = new ArrayList<>();
        History history = new History(
                RunDescription.of(experiment, options, ids, start),
                recorder.events(start).stream()
                        .sorted(Comparator.comparing(io.failoverlab.history.Event::at))
                        .toList(),
                RequestLog.read(loadFolder.resolve("requests.csv"), start, damage),
                ledger(lab, loadFolder),
                damage);
        HistoryStore.save(history, options.folder());
        return new RunOutcome(options.folder(), history, Judge.judge(history));
    }

    private LedgerReading ledger(LabSession lab, Path loadFolder) throws IOException {
        Ledger ledger = Ledger.read(loadFolder.resolve(Ledger.FILE));
        return ledger.attempted().isEmpty()
                ? LedgerReading.noWrites()
                : LedgerCheck.read(ledger, "", () -> primary(lab), scheduler, FINAL_READ_LIMIT);
    }

    private static LedgerCheck.Source primary(LabSession lab) {
        DbInstance database = lab.environment().database();
        return new LedgerCheck.Source(database.identifier(), database::query);
    }

    private static void closeQuietly(AutoCloseable timer) {
        try {
            timer.close();
        } catch (Exception impossible) {
            throw new IllegalStateException("a timer could not be cancelled", impossible);
        }
    }
}
