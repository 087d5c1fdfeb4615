package io.failoverlab.simulation;

import io.failoverlab.profile.LoadProfile;
import io.gatling.javaapi.core.Simulation;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The JVM that sends the load, forked by {@link LoadGenerator}: speaks {@link LoadEvent}s on its standard output, ends the
 * load on the line {@value #STOP} on its standard input, and is gone as soon as that input ends, so it never outlives the
 * lab. Everything else that is printed goes to standard error.
 */
public final class LoadMain {
    static final String STOP = "stop";
    static final String REQUESTS_FILE = "requests.csv";
    static final String GATLING_DIRECTORY = "gatling";
    private static final int EXIT_ORPHANED = 3;
    private static final int EXIT_BROKEN = 1;

    private final Path directory;
    private final Path results;
    private final LoadSetup setup;
    private final LoadProfile profile;
    private final LoadRecorder recorder;
    private final AppendFile requests;
    private final GatlingRun gatling;
    private final InstantSource clock;
    private final PrintStream out;
    private final LoadEvent.Codec codec = new LoadEvent.Codec();
    private volatile LoadReporter reporter;
    private volatile Thread reporting;

    private LoadMain(Path directory, PrintStream out, InstantSource clock) throws IOException {
        this.setup = LoadSetup.read(directory);
        this.directory = directory;
        this.profile = setup.profile();
        this.recorder = new LoadRecorder(clock);
        this.requests = new AppendFile(directory.resolve(REQUESTS_FILE), Answer.CSV_HEADER);
        this.results = directory.resolve(GATLING_DIRECTORY);
        this.gatling = new GatlingRun(results, setup.report(), recorder, this::scheduleStarts);
        this.clock = clock;
        this.out = out;
    }

    /** Takes one argument, the directory of the load, with {@code load.json} in it. */
    public static void main(String[] arguments) throws Exception {
        PrintStream events = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Gatling prints as it likes; the lab is to read nothing but events.
        System.setOut(System.err);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(EXIT_BROKEN);
        });
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected the directory of the load, found " + arguments.length
                    + " arguments; this JVM is started by LoadGenerator");
        }
        new LoadMain(Path.of(arguments[0]), events, InstantSource.system()).run();
        // Netty leaves threads behind that would keep this JVM alive.
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().name("lab").start(this::obey);
        // SIGTERM, or Ctrl-C in the lab's terminal, which reaches its children too
        Runtime.getRuntime().addShutdownHook(new Thread(this::save, "save"));
        String arrivals = profile.own().isPresent() ? "customers" : "requests";
        String description = profile.rates().isSteady()
                ? profile.rate() + " " + arrivals + " a second for "
                        + profile.duration().toSeconds() + " s"
                : arrivals + " a second: " + profile.rates().summary();
        // Gatling would keep its preferences below the home directory
        System.setProperty("java.util.prefs.userRoot", results.toString());
        Rehearsal.of(setup, results.resolve("rehearsal"), clock);
        System.setProperty(LoadSimulation.DIRECTORY_PROPERTY, directory.toString());
        Class<? extends Simulation> customers = profile.own().isPresent() ? OwnLoad.class : LoadSimulation.class;
        String runId = gatling.run(customers, description);
        reporter.end();
        reporting.join();
        LoadResult.Ending ending = gatling.stopped() ? LoadResult.Ending.STOPPED : LoadResult.Ending.COMPLETED;
        String report = gatling.makeReport(runId, customers, description)
                .map(page -> directory.relativize(page).toString())
                .orElse("");
        tell(new LoadEvent.Finished(0, ending, report));
    }

    private void scheduleStarts() {
        // to the millisecond, as it is told and as requests are timed
        Instant started = Instant.ofEpochMilli(clock.millis());
        reporter = new LoadReporter(profile, started, recorder, requests, this::tell, clock);
        reporting = Thread.ofPlatform().name("reporter").start(reporter);
    }

    private synchronized void tell(LoadEvent event) {
        out.println(codec.line(event));
    }

    private void save() {
        if (reporter != null) {
            reporter.collect();
        }
    }

    private void obey() {
        try (BufferedReader lab = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lab.readLine(); line != null; line = lab.readLine()) {
                if (line.equals(STOP)) {
                    gatling.stop();
                }
            }
        } catch (IOException failed) {
            failed.printStackTrace();
        }
        save();
        Runtime.getRuntime().halt(EXIT_ORPHANED);
    }
}
