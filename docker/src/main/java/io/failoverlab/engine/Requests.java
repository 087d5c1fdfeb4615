package io.failoverlab.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Requests to the engine, each answered within {@link Engine#REQUEST_LIMIT} or failed with a reason that people understand. */
final class Requests {
    private static final int REASON_LENGTH = 300;

    private Requests() {}

    /** The client has no time-out of its own, and an engine that hangs must not take the lab with it. */
    static <T> T answer(String subject, Supplier<T> request) {
        FutureTask<T> task = new FutureTask<>(request::get);
        Thread.ofVirtual().name("engine: " + subject).start(task);
        try {
            return task.get(Engine.REQUEST_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new EngineException(
                    "the container engine did not answer for " + subject + " within " + Engine.REQUEST_LIMIT.toSeconds()
                            + " s; is it still running? `lab doctor` tells",
                    late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while waiting for " + subject, interrupted);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof EngineException known) {
                throw known;
            }
            throw new EngineException(
                    "the container engine refused " + subject + ": " + reason(failure), failure.getCause());
        }
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String line = message.strip().lines().findFirst().orElse("no reason given");
        return line.length() > REASON_LENGTH ? line.substring(0, REASON_LENGTH) + "…" : line;
    }
}
