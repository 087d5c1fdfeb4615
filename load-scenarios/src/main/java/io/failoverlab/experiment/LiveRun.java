package io.failoverlab.experiment;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Fault;
import io.failoverlab.history.History;
import io.failoverlab.history.HistoryStore;
import io.failoverlab.history.ItemVersionLog;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.RequestLog;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.session.LabSession;
import io.failoverlab.simulation.GeneratorUse;
import io.failoverlab.simulation.Ledger;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.simulation.LoadGeneratorFailed;
import io.failoverlab.simulation.LoadListener;
import io.failoverlab.simulation.LoadResult;
import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.simulation.RunningLoad;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.BalancerType;
import io.failoverlab.topology.Retry;
import io.failoverlab.verdict.Judge;
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

/**
 * An experiment under way on a lab that is up: from the first request to the verdict. Faults are injected while it lasts, at
 * their times or by whoever has it; one at a time on a lab.
 */
public final class LiveRun implements Underway {
    private static final Duration GATE_LIMIT = Duration.ofSeconds(60);
    /** A failover may be under way when the load ends. */
    private static final Duration FINAL_READ_LIMIT = Duration.ofSeconds(30);

    private static final Duration COUNTS_LIMIT = Duration.ofSeconds(5);
    private static final Duration REPORT_LIMIT = Duration.ofMinutes(3);

    private final LabSession lab;
    private final Experiment experiment;
    private final ExperimentRunner.Options options;
    private final LabScheduler scheduler;
    private final Narrator narrator;
    private final HistoryRecorder recorder;
    private final Map<String, String> ids;
    private final BorrowedAlarms borrowed;
    private final AlarmWatch alarms;
    private final List<AutoCloseable> planned = new ArrayList<>();
    private final AutoCloseable reading;
    private final OrdersOf orders;
    private RunningLoad load;

    /** Whose orders are in the database. */
    enum OrdersOf {
        /** Of this run alone: one that it did not attempt is a phantom. */
        THIS_RUN,
        /** Also of earlier runs on the same lab: only those under this run's keys count. */
        SEVERAL_RUNS
    }

    private LiveRun(
            LabSession lab,
            Experiment experiment,
            ExperimentRunner.Options options,
            LabScheduler scheduler,
            Narrator narrator,
            HistoryRecorder recorder,
            OrdersOf orders) {
        this.lab = lab;
        this.orders = orders;
        this.experiment = experiment;
        this.options = options;
        this.scheduler = scheduler;
        this.narrator = narrator;
        this.recorder = recorder;
        this.ids = lab.identities().instances();
        recorder.nameInstances(ids);
        this.borrowed = BorrowedAlarms.put(
                lab.monitor(),
                experiment.alarms().stream()
                        .map(alarm -> AlarmReader.onStack(
                                alarm,
                                ids,
                                lab.identities().loadBalancer(),
                                lab.identities().targetGroup()))
                        .toList(),
                narrator::trouble);
        narrator.step("alarms: waiting for OK; `lab login` prints an address to watch at");
        this.alarms = new AlarmWatch(lab.monitor(), experiment.alarms(), recorder, scheduler, this::trouble);
        this.reading = scheduler.every(Duration.ofSeconds(1), alarms::read);
    }

    /**
     * Begins: alarms in OK, then the first request.
     *
     * @param recorder that is told of everything that happens on the lab
     * @throws IOException if the run's folder cannot be written, or is that of another run
     */
    static LiveRun begin(
            LabSession lab,
            Experiment experiment,
            ExperimentRunner.Options options,
            LabScheduler scheduler,
            Narrator narrator,
            HistoryRecorder recorder,
            OrdersOf orders)
            throws IOException, InterruptedException {
        LiveRun run = new LiveRun(lab, experiment, options, scheduler, narrator, recorder, orders);
        try {
            run.alarms.awaitOk();
            run.forecastInAdvance();
            run.start();
            return run;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            run.close();
            throw failure;
        }
    }

    private void start() throws IOException, InterruptedException {
        noteApplication();
        narrator.step("load: " + experiment.load());
        load = LoadGenerator.start(profile(), options.folder(), options.gatlingReport(), new Counts());
        narrator.loadStarted(load.startedAt());
        recorder.loadStarted(load.startedAt(), experiment.load().unjudged());
        tellMonitor(load.startedAt(), "Load Started");
        forecast();
    }

    /** What the lab cannot do with an application that it does not know is said where the figures are. */
    private void noteApplication() {
        options.images()
                .own()
                .map(own -> own.application().name() + ": "
                        + repeats(experiment
                                .topology()
                                .loadBalancer()
                                .forwarding()
                                .retry())
                        + "; the ledger of writes is off; health checks cannot tell its instances apart")
                .ifPresent(text -> recorder.note(scheduler.instant(), text));
    }

    private static String repeats(Retry retry) {
        return switch (retry) {
            case IDEMPOTENT -> "what carries an Idempotency-Key may be repeated";
            case SAFE -> "POST is never repeated";
            case NONE, ALB -> "nothing is repeated";
        };
    }

    /** When the schedule of requests began. */
    public Instant startedAt() {
        return load.startedAt();
    }

    @Override
    public void await(Duration sinceStart) throws InterruptedException {
        scheduler.pause(Duration.between(scheduler.instant(), startedAt().plus(sinceStart)));
    }

    @Override
    public RunOutcome finish(Map<String, String> expectations) throws IOException, InterruptedException {
        await(experiment.load().duration());
        Instant loadEnd = startedAt().plus(experiment.load().duration());
        planned.forEach(LiveRun::closeQuietly);
        tellMonitor(loadEnd, "Load Ended");
        lab.environment().healAll(this::trouble);
        narrator.step("load over; waiting for every target to be in service again");
        boolean healthy = lab.environment().awaitInService(GATE_LIMIT, what -> {});
        if (!healthy) {
            recorder.note(
                    scheduler.instant(),
                    "not every target was in service again " + GATE_LIMIT.toSeconds()
                            + " s after the faults were undone");
        }
        awaitLoad(loadEnd);
        awaitBalancer(loadEnd);
        closeQuietly(reading);
        return save(expectations);
    }

    @Override
    public void close() {
        planned.forEach(LiveRun::closeQuietly);
        closeQuietly(reading);
        if (load != null) {
            load.close();
        }
        switch (orders) {
            case THIS_RUN -> {}
            case SEVERAL_RUNS -> lab.environment().healAll(this::trouble);
        }
        borrowed.close();
    }

    /** A generator that broke off leaves what it has done so far, and that is judged: by an assumption, as UNKNOWN. */
    private void awaitLoad(Instant plannedEnd) throws InterruptedException {
        try {
            LoadResult result = load.await(REPORT_LIMIT);
            recorder.loadEnded(plannedEnd, result.ending() == LoadResult.Ending.COMPLETED, endingOf(result));
        } catch (LoadGeneratorFailed broken) {
            recorder.loadEnded(scheduler.instant(), false, broken.getMessage());
            trouble(broken.getMessage());
        }
    }

    /** It tells the counts of a second once that is over; what is missing then an assumption finds. */
    private void awaitBalancer(Instant loadEnd) {
        if (experiment.topology().loadBalancer().type() == BalancerType.APPLICATION) {
            Instant last = loadEnd.minusMillis(100);
            scheduler.await(COUNTS_LIMIT, () -> recorder.balancerCounted(last) ? Optional.of(true) : Optional.empty());
        }
    }

    private void tellMonitor(Instant at, String detailType) {
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

    private LoadProfile profile() {
        Experiment.Load load = experiment.load();
        TargetPolicy policy = new TargetPolicy(lab.session().subnets(), InetAddress::getAllByName);
        return new LoadProfile(
                Simulations.named(load.simulation()),
                load.rates(),
                load.unjudged(),
                load.orders(),
                experiment.name().hashCode(),
                policy.check(lab.environment().service()),
                load.paths(),
                load.own());
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
    private void forecast() {
        for (Experiment.Injection injection : experiment.injections()) {
            Instant at = startedAt().plus(injection.at());
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

    @Override
    public ActiveFault inject(Fault fault, String where, Optional<Duration> limit) {
        return lab.environment().inject(fault, where, limit);
    }

    @Override
    public void injectAsPlanned() {
        for (Experiment.Injection injection : experiment.injections()) {
            Duration delay = Duration.between(scheduler.instant(), startedAt().plus(injection.at()));
            planned.add(scheduler.after(delay, () -> inject(injection)));
        }
    }

    /** One that fails is one that took no effect, which an assumption of the verdict finds. */
    private void inject(Experiment.Injection injection) {
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

    private final class Counts implements LoadListener {
        @Override
        public void second(LoadSecond second) {
            recorder.second(second);
            lab.telemetry().measured(ClientMetrics.of(second));
            narrator.second(second);
        }

        @Override
        public void used(GeneratorUse use) {
            recorder.used(use);
        }
    }

    private void trouble(String message) {
        recorder.note(scheduler.instant(), message == null ? "something failed without a message" : message);
        narrator.trouble(message);
    }

    private RunOutcome save(Map<String, String> expectations) throws IOException {
        Instant start = startedAt();
        Path loadFolder = options.folder();
        List<String> damage = new ArrayList<>();
        History history = new History(
                RunDescription.of(experiment.expecting(expectations), options, ids, start),
                recorder.events(start).stream()
                        .sorted(Comparator.comparing(io.failoverlab.history.Event::at))
                        .toList(),
                RequestLog.read(loadFolder.resolve("requests.csv"), start, damage),
                ledger(loadFolder),
                ItemVersionLog.read(loadFolder, start, damage),
                damage);
        HistoryStore.save(history, options.folder());
        return new RunOutcome(options.folder(), history, Judge.judge(history));
    }

    private LedgerReading ledger(Path loadFolder) throws IOException {
        if (experiment.load().own().isPresent()) {
            return LedgerReading.off("the lab does not know the writes of a simulation of one's own");
        }
        Ledger ledger = Ledger.read(loadFolder.resolve(Ledger.FILE));
        if (ledger.attempted().isEmpty()) {
            return LedgerReading.noWrites();
        }
        String prefix = switch (orders) {
            case THIS_RUN -> "";
            case SEVERAL_RUNS -> LoadGenerator.keyPrefix(loadFolder);
        };
        return LedgerCheck.read(ledger, prefix, this::primary, scheduler, FINAL_READ_LIMIT);
    }

    private LedgerCheck.Source primary() {
        DbInstance database = lab.environment().database();
        return new LedgerCheck.Source(database.identifier(), database::query);
    }

    static void closeQuietly(AutoCloseable timer) {
        try {
            timer.close();
        } catch (Exception impossible) {
            throw new IllegalStateException("a timer could not be cancelled", impossible);
        }
    }
}
