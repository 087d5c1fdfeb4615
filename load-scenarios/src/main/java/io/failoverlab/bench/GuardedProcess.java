package io.failoverlab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that ends with this process, however this one ends, although it does not know of it: a shell between the two waits for
 * the end of a pipe from here, which the kernel closes even after kill -9, and kills the program then.
 */
final class GuardedProcess implements AutoCloseable {
    /** A Ctrl-C reaches the shell, too: it must not end before what it guards. */
    private static final String GUARD = """
            "$@" < /dev/null >&2 &
            trap '' INT TERM HUP
            echo $!
            read -r end
            kill -9 $! 2> /dev/null
            wait
            """;

    private static final long END_LIMIT_SECONDS = 5;

    private final Process shell;
    private final ProcessHandle program;

    private GuardedProcess(Process shell, ProcessHandle program) {
        this.shell = shell;
        this.program = program;
    }

    /** @param log takes what the program says */
    static GuardedProcess start(List<String> command, Path log) throws IOException {
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "guard"));
        guarded.addAll(command);
        Process shell = new ProcessBuilder(guarded).redirectError(log.toFile()).start();
        BufferedReader said = shell.inputReader(StandardCharsets.UTF_8);
        String pid = said.readLine();
        if (pid == null) {
            throw new IOException("the shell that should have started " + command.getFirst() + " said nothing");
        }
        ProcessHandle program = ProcessHandle.of(Long.parseLong(pid))
                .orElseThrow(() -> new IOException(command.getFirst() + " ended at once; its output is in " + log));
        return new GuardedProcess(shell, program);
    }

    long pid() {
        return program.pid();
    }

    @Override
    public void close() {
        try {
            shell.outputWriter().close();
            if (!shell.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                destroy();
            }
        } catch (IOException gone) {
            destroy();
        } catch (InterruptedException interrupted) {
            destroy();
            Thread.currentThread().interrupt();
        }
    }

    private void destroy() {
        program.destroyForcibly();
        shell.destroyForcibly();
    }
}
