package io.failoverlab.cli;

import io.failoverlab.engine.LabHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, as a user starts it, with sessions kept apart from the user's. */
record LabProcess(Process process, Path out, Path err) {
    /** What starts it, with sessions kept apart from the user's. */
    static List<String> command(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dlab.home=" + LabHome.find().folder(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Lab.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    static LabProcess start(Path folder, String... arguments) throws IOException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command(folder, arguments))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("XDG_RUNTIME_DIR");
        builder.environment()
                .putAll(Map.of("TESTCONTAINERS_RYUK_DISABLED", "true", "TESTCONTAINERS_HOST_OVERRIDE", "127.0.0.1"));
        return new LabProcess(builder.start(), out, err);
    }

    static LabProcess run(Path folder, String... arguments) throws IOException, InterruptedException {
        LabProcess lab = start(folder, arguments);
        if (!lab.process().waitFor(5, TimeUnit.MINUTES)) {
            lab.process().destroyForcibly();
            throw new IllegalStateException("`lab " + String.join(" ", arguments) + "` did not end: " + lab.messages());
        }
        return lab;
    }

    int exitCode() {
        return process.exitValue();
    }

    String data() throws IOException {
        return Files.readString(out);
    }

    String messages() throws IOException {
        return Files.readString(err);
    }
}
