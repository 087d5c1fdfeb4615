package io.failoverlab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts a program under guard, prints its process id and waits to be killed. */
final class AbandonedBench {
    private AbandonedBench() {}

    public static void main(String[] arguments) throws Exception {
        try (GuardedProcess program = GuardedProcess.start(List.of("sleep", "600"), Path.of(arguments[0]))) {
            System.out.println(program.pid());
            new CountDownLatch(1).await();
        }
    }
}
