package io.failoverlab.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The monitor as a process of its own, from the build. */
final class MonitorProcess implements AutoCloseable {
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final URI url;

    private MonitorProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Returns when it serves; its store and its log are in the directory. */
    static MonitorProcess start(Path directory, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>(List.of(JAVA, "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of(
                "-cp",
                "target/classes" + File.pathSeparator + "target/lib/*",
                Monitor.class.getName(),
                "--store",
                directory.resolve("monitor.db").toString(),
                "--exit-with-parent"));
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new MonitorProcess(
                process,
                URI.create(
                        new ObjectMapper().readTree(out.readLine()).get("url").asText()));
    }

    URI url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    /** Bytes of all objects that are still reachable, after a full collection. */
    long liveBytes() throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.lines()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.split("\\s+")[2]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("expected a histogram, found " + said));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
