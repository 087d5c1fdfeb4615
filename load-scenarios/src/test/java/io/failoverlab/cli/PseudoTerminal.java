package io.failoverlab.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A shell line on a terminal of its own, which {@code script} makes; keys go in, what it shows comes out. */
final class PseudoTerminal implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final OutputStream keys;
    private final Path shown;

    private PseudoTerminal(Process process, Path shown) {
        this.process = process;
        this.keys = process.getOutputStream();
        this.shown = shown;
    }

    /** Skips the test, saying why, where there is no such program. */
    static void require(String program) {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                "no " + program + " on the PATH");
    }

    static PseudoTerminal run(Path folder, String line, Map<String, String> environment) throws IOException {
        require("script");
        Path shown = Files.createTempFile(folder, "shown", ".txt");
        ProcessBuilder builder = new ProcessBuilder("script", "-q", "-f", "-e", "-c", line, "/dev/null")
                .directory(folder.toFile())
                .redirectOutput(shown.toFile())
                .redirectErrorStream(true);
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("NO_COLOR");
        builder.environment().remove("CI");
        builder.environment().putAll(environment);
        return new PseudoTerminal(builder.start(), shown);
    }

    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** All that was written to it so far. */
    String shown() {
        try {
            return Files.readString(shown, StandardCharsets.UTF_8);
        } catch (IOException halfACharacter) {
            return "";
        }
    }

    /** Waits until something was written after the first so many characters. */
    void awaitShown(int after, String text) {
        await().atMost(LIMIT)
                .until(
                        () -> shown(),
                        all -> all.length() >= after && all.substring(after).contains(text));
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it did not end; it shows: " + shown());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
