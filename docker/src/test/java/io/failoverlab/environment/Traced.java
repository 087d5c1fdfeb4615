package io.failoverlab.environment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.failoverlab.engine.EngineContainer;
import java.io.File;
import java.io.IOException;
import java.util.List;

/** A server whose system calls strace holds up, as a disk does that answers late or never. */
final class Traced implements AutoCloseable {
    private final Process strace;

    private Traced(Process strace) {
        this.strace = strace;
    }

    static void require() {
        assumeTrue(
                List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                        .anyMatch(folder -> new File(folder, "strace").canExecute()),
                "no strace");
    }

    /** Each call that waits for the disk takes a minute, until closed. */
    static Traced withoutSync(EngineContainer server) throws IOException {
        return new Traced(new ProcessBuilder(
                        "strace",
                        "-f",
                        "-o",
                        "/dev/null",
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:delay_enter=60000000",
                        "-p",
                        pid(server))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** On the engine's machine, of the server that the container is there for. */
    private static String pid(EngineContainer server) {
        List<List<String>> processes = server.processes();
        int pid = processes.getFirst().indexOf("PID");
        return processes.stream()
                .filter(it -> it.getLast().startsWith("mysqld "))
                .map(it -> it.get(pid))
                .findFirst()
                .orElseThrow();
    }

    void letGo() {
        // To end in order it would wait for the calls that it holds up.
        strace.destroyForcibly();
    }

    @Override
    public void close() {
        letGo();
    }
}
