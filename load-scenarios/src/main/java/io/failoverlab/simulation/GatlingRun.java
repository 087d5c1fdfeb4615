package io.failoverlab.simulation;

import io.gatling.app.RunResult;
import io.gatling.app.RunResultProcessor;
import io.gatling.app.Runner;
import io.gatling.commons.stats.Status;
import io.gatling.commons.util.DefaultClock;
import io.gatling.core.CoreComponents;
import io.gatling.core.actor.ActorRef;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.cli.GatlingArgs;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.controller.Controller;
import io.gatling.core.controller.Controller$Command$StopLoadGenerator;
import io.gatling.core.controller.inject.PopulationFlows;
import io.gatling.core.scenario.Population;
import io.gatling.core.scenario.SimulationParams;
import io.gatling.core.session.GroupBlock;
import io.gatling.core.stats.StatsEngine;
import io.gatling.core.stats.writer.RunMessage;
import io.gatling.netty.util.Transports;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.prefs.Preferences;
import scala.Option;
import scala.collection.immutable.List;
import scala.runtime.BoxedUnit;
import scala.util.Try;

/**
 * One run of Gatling in this JVM, every answer copied to a recorder. Gatling 3.15 has no public way to do this: here, and
 * nowhere else, its internals are used, which change between its minor releases. Differs from Gatling's own runner in that
 * it does not look for newer versions and leaves the logging alone.
 */
final class GatlingRun {
    /** Settings that Gatling reads from the class path; among others no analytics, and a time-out of 10 s. */
    private static final String SETTINGS = "load-generator.conf";

    private final Path results;
    private final boolean report;
    private final LoadRecorder recorder;
    private final Runnable scheduleStarts;
    private ActorRef<Controller.Command> controller;
    private boolean started;
    private boolean stopping;

    /**
     * A run.
     *
     * @param results gets a directory with Gatling's log and, if there is to be a report, its pages
     * @param scheduleStarts called right before the first customer sets out
     */
    GatlingRun(Path results, boolean report, LoadRecorder recorder, Runnable scheduleStarts) {
        this.results = results;
        this.report = report;
        this.recorder = recorder;
        this.scheduleStarts = scheduleStarts;
    }

    /** Runs the simulation until it is over or was stopped; gives Gatling's name for the run. */
    String run(Class<?> simulation, String description) {
        System.setProperty("gatling.conf.file", SETTINGS);
        preventVersionCheck();
        GatlingConfiguration configuration = GatlingConfiguration.load();
        GatlingArgs args = arguments(simulation, description);
        ActorSystem system = new ActorSystem();
        EventLoopGroup eventLoops = Transports.newEventLoopGroup(
                configuration.netty().useNativeTransport(),
                configuration.netty().useIoUring(),
                0,
                "gatling");
        RunResult result;
        try {
            result = new RecordingRunner(system, eventLoops, args, configuration).run();
        } finally {
            system.close();
            eventLoops
                    .shutdownGracefully(0, configuration.core().shutdownTimeout(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly();
        }
        return result.runId();
    }

    /** Makes Gatling's page, unmodified; nothing where there is no request to show. */
    Optional<Path> makeReport(String runId, Class<?> simulation, String description) {
        if (!report) {
            return Optional.empty();
        }
        try {
            new RunResultProcessor(arguments(simulation, description), GatlingConfiguration.load())
                    .processRunResult(new RunResult(runId, false));
        } catch (UnsupportedOperationException nothingToShow) {
            return Optional.empty();
        }
        return Optional.of(results.resolve(runId).resolve("index.html")).filter(Files::exists);
    }

    /** Ends the load at once: no new customer, requests under way are abandoned. */
    synchronized void stop() {
        stopping = true;
        if (started) {
            controller.$bang(new Controller$Command$StopLoadGenerator("the lab asked for it", false));
        }
    }

    synchronized boolean stopped() {
        return stopping;
    }

    /**
     * The page would ask Maven Central for the newest version, and there is no switch: what Gatling remembers of its last
     * check is set to a failure in the far future. It remembers in the preferences, which LoadMain has put into the
     * directory of this load.
     */
    private static void preventVersionCheck() {
        Preferences remembered = Preferences.userRoot().node("/io/gatling/latestVersion");
        remembered.putLong("lastCheckTimestamp", Long.MAX_VALUE);
        remembered.putBoolean("lastCheckSuccess", false);
    }

    private GatlingArgs arguments(Class<?> simulation, String description) {
        return new GatlingArgs(
                Option.apply(simulation.getName()),
                Option.apply(description),
                !report,
                Option.empty(),
                Option.apply(results),
                Option.empty(),
                Option.empty());
    }

    private synchronized void controlledBy(ActorRef<Controller.Command> actor) {
        controller = actor;
    }

    /** The controller has begun, and takes a stop from now on; one sent before would have killed it. */
    private synchronized void begun() {
        started = true;
        scheduleStarts.run();
        if (stopping) {
            stop();
        }
    }

    private final class RecordingRunner extends Runner {
        RecordingRunner(
                ActorSystem system, EventLoopGroup loops, GatlingArgs args, GatlingConfiguration configuration) {
            super(system, loops, new DefaultClock(), args, configuration);
        }

        @Override
        public StatsEngine newStatsEngine(SimulationParams params, RunMessage run) {
            return new RecordingStats(super.newStatsEngine(params, run));
        }

        @Override
        public Try<BoxedUnit> start(
                SimulationParams params, CoreComponents core, PopulationFlows<String, Population> flows) {
            controlledBy(core.controller());
            return super.start(params, core, flows);
        }

        /** Would ask Maven Central at every start, and cannot be switched off otherwise. */
        @Override
        public void displayVersionWarning() {}
    }

    private final class RecordingStats implements StatsEngine {
        private final StatsEngine gatling;

        RecordingStats(StatsEngine gatling) {
            this.gatling = gatling;
        }

        @Override
        public void start() {
            gatling.start();
            begun();
        }

        @Override
        public void stop(ActorRef<Controller.Command> replyTo, Option<Exception> crash) {
            gatling.stop(replyTo, crash);
        }

        @Override
        public void logUserStart(String scenario) {
            recorder.started();
            gatling.logUserStart(scenario);
        }

        @Override
        public void logUserEnd(String scenario) {
            gatling.logUserEnd(scenario);
        }

        @Override
        public void logResponse(
                String scenario,
                List<String> groups,
                String name,
                long start,
                long end,
                Status status,
                Option<String> code,
                Option<String> message) {
            boolean ok = status.name().equals("OK");
            // Of a protocol of the user's own it need not be a number.
            int http = code.isDefined() && code.get().matches("[1-5]\\d\\d") ? Integer.parseInt(code.get()) : 0;
            String error = message.isDefined() ? message.get() : "";
            recorder.ended(new Answer(name, start, end, ok, http, error));
            gatling.logResponse(scenario, groups, name, start, end, status, code, message);
        }

        @Override
        public void logGroupEnd(String scenario, GroupBlock group, long exit) {
            gatling.logGroupEnd(scenario, group, exit);
        }

        @Override
        public void logRequestCrash(String scenario, List<String> groups, String name, String error) {
            recorder.crashed(name, error);
            gatling.logRequestCrash(scenario, groups, name, error);
        }
    }
}
