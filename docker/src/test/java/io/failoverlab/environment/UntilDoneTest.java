package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UntilDoneTest {
    private static final Duration EVERY = Duration.ofMillis(1);

    private final List<Throwable> escaped = new CopyOnWriteArrayList<>();

    @Test
    void aServerThatIsSilentIsOpenedWhenItAnswersAgain() {
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger opened = new AtomicInteger();
        try (LabScheduler scheduler = new LabScheduler(escaped::add)) {
            UntilDone.begin(scheduler, EVERY, () -> {
                if (attempts.incrementAndGet() < 5) {
                    throw new SQLException("no answer");
                }
                opened.incrementAndGet();
            });
            await().until(() -> opened.get() > 0);
        }

        assertThat(attempts).hasValue(5);
        assertThat(opened).hasValue(1);
        assertThat(escaped).isEmpty();
    }

    @Test
    void whatCanBeDoneIsDoneBeforeItReturns() {
        AtomicInteger opened = new AtomicInteger();
        try (LabScheduler scheduler = new LabScheduler(escaped::add)) {
            UntilDone.begin(scheduler, EVERY, opened::incrementAndGet);
            assertThat(opened).hasValue(1);
        }
    }

    @Test
    void onceClosedItTriesNoMore() {
        AtomicInteger attempts = new AtomicInteger();
        try (LabScheduler scheduler = new LabScheduler(escaped::add)) {
            UntilDone open = UntilDone.begin(scheduler, EVERY, () -> {
                attempts.incrementAndGet();
                throw new SQLException("no answer");
            });
            await().until(() -> attempts.get() > 3);

            open.close();
            int before = attempts.get();
            AtomicInteger ticks = new AtomicInteger();
            scheduler.every(EVERY, ticks::incrementAndGet);
            await().until(() -> ticks.get() > 20);

            assertThat(attempts).hasValue(before);
        }
    }
}
