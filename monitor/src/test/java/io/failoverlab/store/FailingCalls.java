package io.failoverlab.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * System calls on the files of a store that fail although nothing is wrong: strace answers them in the kernel's place, from
 * {@link #begin} until {@link #close}.
 */
public final class FailingCalls implements AutoCloseable {
    private static final List<String> SUFFIXES =
            List.of("", "-wal", "-shm", ".lock", ".salvage", ".salvage-wal", ".salvage-shm", ".salvaged");

    private final Process strace;
    private final Path output;

    private FailingCalls(Process strace, Path output) {
        this.strace = strace;
        this.output = output;
    }

    /** Empty if calls can be made to fail on this machine, else the reason. */
    public static String obstacle(Path directory) throws IOException, InterruptedException {
        try (FailingCalls none = ofThisThread(directory.resolve("none"), "fsync", "EIO", "1")) {
            return none.strace.isAlive() ? "" : "strace cannot attach to this process (root can)";
        } catch (IOException e) {
            return "no strace: " + e.getMessage();
        }
    }

    /**
     * Of the calling thread alone.
     *
     * @param calls their names, separated by commas
     * @param error such as EIO
     * @param when which of them fail, in strace's words: {@code 3} the third, {@code 3+} that and all later ones
     */
    public static FailingCalls ofThisThread(Path store, String calls, String error, String when)
            throws IOException, InterruptedException {
        String thread = Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString();
        return begin(List.of("-p", thread), store, calls, error, when);
    }

    /** Of all threads of a process; {@code when} is counted for each thread by itself. */
    public static FailingCalls ofProcess(long pid, Path store, String calls, String error, String when)
            throws IOException, InterruptedException {
        return begin(List.of("-f", "-p", Long.toString(pid)), store, calls, error, when);
    }

    private static FailingCalls begin(List<String> whom, Path store, String calls, String error, String when)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("calls", ".txt");
        List<String> command = new ArrayList<>(List.of("strace", "-o", output.toString()));
        command.addAll(List.of("-e", "trace=" + calls, "-e", "inject=" + calls + ":error=" + error + ":when=" + when));
        SUFFIXES.forEach(suffix -> command.addAll(List.of("-P", store.toAbsolutePath() + suffix)));
        command.addAll(whom);
        Process strace = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(strace.getErrorStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.contains(" attached")) {
            line = said.readLine();
        }
        if (line == null) {
            strace.waitFor();
        }
        return new FailingCalls(strace, output);
    }

    /** Ends the failing; returns how many calls have failed, 0 if it was ended before. */
    public int end() {
        strace.destroy();
        try {
            if (!strace.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("strace does not end");
            }
            if (Files.notExists(output)) {
                return 0;
            }
            try (Stream<String> lines = Files.lines(output)) {
                return (int) lines.filter(line -> line.endsWith("(INJECTED)")).count();
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        end();
    }
}
