package io.failoverlab.simulation;

import io.failoverlab.simulation.LoadGenerator.HtmlReport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Starts a load, prints the generator's process id once requests were answered, and waits to be killed. */
final class AbandonedLab {
    private AbandonedLab() {}

    public static void main(String[] arguments) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        LoadListener listener = second -> {
            if (second.ok() > 0) {
                answered.countDown();
            }
        };
        try (RunningLoad load = LoadGenerator.start(
                LoadGeneratorTest.profile(URI.create(arguments[0]), 20, 600),
                Path.of(arguments[1]),
                HtmlReport.LEAVE_OUT,
                listener)) {
            answered.await();
            System.out.println(load.pid());
            load.await(Duration.ofMinutes(10));
        }
    }
}
