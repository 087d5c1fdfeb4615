package io.failoverlab.simulation;

import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.OwnSimulation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts loads. Each runs in a JVM of its own, so that its heap, garbage collection and files are no part of the lab, and
 * it can be killed; its class path is that of this JVM.
 */
public final class LoadGenerator {
    private static final String LOG_FILE = "gatling.log";
    /** Enough for {@link LoadProfile#MAX_RATE}; more would only delay the report of a leak. */
    private static final String HEAP = "-Xmx512m";

    /**
     * Up to this rate the generator uses the fast compiler only: the optimising one would take a core from the stack just
     * while that is warming up, and pays only at higher rates.
     */
    private static final int FAST_COMPILER_RATE = 1000;

    private LoadGenerator() {}

    /** Whether Gatling makes its own page when the load is over, which takes some seconds. */
    public enum HtmlReport {
        MAKE,
        LEAVE_OUT
    }

    /**
     * Starts a load and returns once the first request is due. The directory, made if missing, gets {@code requests.csv}
     * with every request, {@link Ledger#FILE} with every order, {@code load.json}, {@code gatling.log} and {@code gatling/}.
     *
     * @throws LoadGeneratorFailed if the generator ends before, or is not ready within a minute
     * @throws IOException if the directory cannot be written or is that of another load
     * @throws InterruptedException if interrupted meanwhile; the load is then ended
     */
    public static RunningLoad start(LoadProfile profile, Path directory, HtmlReport report, LoadListener listener)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        if (Files.exists(directory.resolve(LoadMain.REQUESTS_FILE))) {
            throw new IOException(directory + " holds another load; give a directory of its own to each");
        }
        String runId = UUID.randomUUID().toString().substring(0, 8);
        LoadSetup.of(runId, profile, report == HtmlReport.MAKE).write(directory);
        Path log = directory.resolve(LOG_FILE);
        Process process = new ProcessBuilder(command(profile, directory.toAbsolutePath()))
                .redirectError(log.toFile())
                .start();
        return RunningLoad.follow(process, directory, log, listener);
    }

    /**
     * What the keys of all orders of a load begin with, and those of no other.
     *
     * @throws IOException if the directory is not that of a load
     */
    public static String keyPrefix(Path directory) throws IOException {
        return VisitPlan.keyPrefix(LoadSetup.read(directory).runId());
    }

    /** What the user's own simulation brings comes last: the lab's Gatling is the one that runs. */
    private static String classPath(LoadProfile profile) {
        List<String> own = profile.own().map(OwnSimulation::classPath).orElse(List.of());
        return Stream.concat(Stream.of(System.getProperty("java.class.path")), own.stream())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> command(LoadProfile profile, Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                profile.rate() <= FAST_COMPILER_RATE ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation",
                "-XX:+ExitOnOutOfMemoryError",
                // warnings of the JVM itself would otherwise go among the events
                "-XX:+DisplayVMOutputToStderr",
                // Gatling's log writer reads the bytes of strings
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                // Netty's native transport
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback-gatling.xml",
                "-cp",
                classPath(profile),
                LoadMain.class.getName(),
                directory.toString());
    }
}
