package io.failoverlab.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs as child processes, without standard input. */
final class HostProcesses implements HostCommands {
    private static final File NOTHING = new File("/dev/null");
    private static final int OUTPUT_KEPT = 64 * 1024;
    private static final int TIMED_OUT = 124;

    @Override
    public Optional<Path> find(String program) {
        String path = System.getenv("PATH") == null ? "" : System.getenv("PATH");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @Override
    public Result run(Duration limit, Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile("failover-lab-", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectInput(NOTHING)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().putAll(environment);
                return finish(builder.start(), limit, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(command.getFirst() + " could not be run", failure);
        }
    }

    private static Result finish(Process process, Duration limit, Path output) throws IOException {
        try {
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            String text = end(output);
            return ended
                    ? new Result(process.exitValue(), text)
                    : new Result(TIMED_OUT, text + "\nended after " + limit.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while a program of the host ran", interrupted);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String end(Path output) throws IOException {
        byte[] bytes = Files.readAllBytes(output);
        int from = Math.max(0, bytes.length - OUTPUT_KEPT);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    @Override
    public void launch(List<String> command, Path log) {
        try {
            new ProcessBuilder(command)
                    .redirectInput(NOTHING)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(command.getFirst() + " could not be started", failure);
        }
    }
}
