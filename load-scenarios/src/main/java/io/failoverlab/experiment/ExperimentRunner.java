package io.failoverlab.experiment;

import io.failoverlab.audit.Audit;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineException;
import io.failoverlab.engine.Inspection;
import io.failoverlab.environment.Progress;
import io.failoverlab.environment.StackImages;
import io.failoverlab.fis.Plan;
import io.failoverlab.session.LabSession;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.watch.AlarmChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
            return run(lab, LiveRun.OrdersOf.THIS_RUN);
        }
    }

    /**
     * Runs it on a lab that is up, whose topology must be the experiment's, and leaves it up, with nothing done to it.
     *
     * @throws IOException if the run's folder cannot be written
     * @throws InterruptedException if interrupted; the history so far is not judged
     */
    public RunOutcome runOn(LabSession lab) throws IOException, InterruptedException {
        AutoCloseable listening = lab.listen(recorder, this::alarmChanged);
        try {
            PresentState.of(lab.environment(), scheduler.instant()).forEach(recorder::found);
            return run(lab, LiveRun.OrdersOf.SEVERAL_RUNS);
        } finally {
            LiveRun.closeQuietly(listening);
            lab.environment().faults().forEach(lab.environment()::heal);
        }
    }

    private RunOutcome run(LabSession lab, LiveRun.OrdersOf orders) throws IOException, InterruptedException {
        Sites.require(experiment.injections(), plan, lab.environment()::wouldHit);
        audit();
        try (LiveRun run = LiveRun.begin(lab, experiment, options, scheduler, narrator, recorder, orders)) {
            run.injectAsPlanned();
            fis = plan.map(it -> FisExecution.schedule(
                    it, run.startedAt().plus(experiment.fis().orElseThrow().at()), lab, scheduler, recorder, narrator));
            run.await(experiment.load().duration());
            fis.ifPresent(FisExecution::close);
            return run.finish(Map.of());
        }
    }

    /** Before the load, which it must not disturb. */
    private void audit() {
        try {
            Inspection inspection = engine.inspection();
            recorder.audited(
                    scheduler.instant(), Audit.BENCHMARK, Audit.of(inspection.engine(), inspection.containers()));
        } catch (EngineException unreadable) {
            trouble("the containers could not be audited: " + unreadable.getMessage());
        }
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
}
