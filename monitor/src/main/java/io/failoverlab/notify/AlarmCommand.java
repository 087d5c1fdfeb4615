package io.failoverlab.notify;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell command that is run for each message, which it gets on standard input and nowhere else: nothing of an alarm can become part
 * of the command. It has taken the message when it ends with 0 within its time; what it prints goes to the log.
 */
public final class AlarmCommand implements Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmCommand.class);
    private static final int MAX_OUTPUT = 4_096;

    private final String command;
    private final Duration limit;

    public AlarmCommand(String command, Duration limit) {
        this.command = command;
        this.limit = limit;
    }

    @Override
    public String name() {
        return "command " + command;
    }

    @Override
    public void deliver(String message) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        try {
            // Both at once, since a command may print before it has read all.
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> write(process, message), Thread::startVirtualThread);
            CompletableFuture<String> reading =
                    CompletableFuture.supplyAsync(() -> read(process), Thread::startVirtualThread);
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                throw new IOException("expected an end within " + limit.toSeconds() + " s; it was killed");
            }
            // What the command left in the background may hold both pipes open.
            writing.completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
            String output = reading.completeOnTimeout("", 1, TimeUnit.SECONDS).join();
            if (!output.isBlank()) {
                LOG.info("{}: {}", command, output.strip());
            }
            if (process.exitValue() != 0) {
                throw new IOException("expected exit code 0, found " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the monitor ends");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void write(Process process, String message) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(message.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("The command did not read its message to the end", e);
        }
    }

    /** Reads to the end, keeping the beginning. */
    private static String read(Process process) {
        try (var out = process.getInputStream()) {
            byte[] kept = out.readNBytes(MAX_OUTPUT);
            out.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
