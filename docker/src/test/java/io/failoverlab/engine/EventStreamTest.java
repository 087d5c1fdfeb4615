package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2100-01-01T00:00:00Z");

    private final LabScheduler scheduler = new LabScheduler(failure -> {});
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final FakeSource source = new FakeSource();
    private final EventStream events =
            EventStream.open(source, scheduler, event -> heard.add(event.action()), troubles::add);

    @AfterEach
    void close() {
        events.close();
        scheduler.close();
    }

    @Test
    void oneThatBreaksOffIsGoneOnWithFromItsLastEvent() {
        source.tell("start", START.plusMillis(10));
        source.tell("die", START.plusMillis(20));
        source.ended.accept("connection reset");
        await().atMost(LIMIT).until(() -> source.opened.size() == 2);
        // It begins with those that were heard.
        source.tell("start", START.plusMillis(10));
        source.tell("die", START.plusMillis(20));
        source.tell("start", START.plusMillis(30));

        assertThat(heard).containsExactly("start", "die", "start");
        assertThat(source.opened.getFirst()).isEmpty();
        assertThat(source.opened.getLast().orElseThrow()).isBetween(START.minusSeconds(10), START.plusMillis(10));
        assertThat(troubles).containsExactly("the engine's events broke off and are asked for again: connection reset");
    }

    @Test
    void oneThatHadToldNothingIsGoneOnWithFromItsBeginning() {
        Instant before = scheduler.instant();
        source.ended.accept("connection reset");
        await().atMost(LIMIT).until(() -> source.opened.size() == 2);

        assertThat(source.opened.getLast().orElseThrow()).isBeforeOrEqualTo(before);
    }

    /** A zone's containers die at once, and the engine tells of each as it comes to it. */
    @Test
    void whatIsToldOutOfOrderIsHeardAllTheSame() {
        source.tell("die", START.plusMillis(20));
        source.tell("pause", START.plusMillis(10));
        source.tell("start", START.plusMillis(20));

        assertThat(heard).containsExactly("die", "pause", "start");
    }

    @Test
    void anEngineThatIsAwayIsAskedAgainAndAgainAndToldOnce() {
        source.away = true;
        source.ended.accept("connection reset");
        await().atMost(LIMIT).until(() -> source.opened.size() >= 3);
        source.away = false;
        await().atMost(LIMIT).until(() -> {
            source.tell("die", START);
            return !heard.isEmpty();
        });

        assertThat(troubles).hasSize(1);
    }

    @Test
    @SuppressWarnings("try") // the stream only has to be there
    void aListenerThatFailsEndsNothing() {
        events.close();
        FakeSource another = new FakeSource();
        try (EventStream fragile = EventStream.open(
                another,
                scheduler,
                event -> {
                    heard.add(event.action());
                    throw new IllegalStateException("no such instance");
                },
                troubles::add)) {
            another.tell("die", START);
            another.tell("start", START);
        }
        assertThat(heard).containsExactly("die", "start");
        assertThat(troubles).contains("what follows from web-1a's die failed: no such instance");
    }

    @Test
    void oneThatIsClosedIsNotOpenedAgain() {
        events.close();
        source.ended.accept("closed");
        source.tell("die", START);

        assertThat(troubles).isEmpty();
        assertThat(heard).isEmpty();
        assertThat(source.closed).isEqualTo(1);
    }

    private static final class FakeSource implements EventStream.Source {
        private final List<Optional<Instant>> opened = new CopyOnWriteArrayList<>();
        private volatile Consumer<ContainerEvent> listener;
        private volatile Consumer<String> ended;
        private volatile boolean away;
        private volatile int closed;

        @Override
        public AutoCloseable open(Optional<Instant> since, Consumer<ContainerEvent> next, Consumer<String> end) {
            opened.add(since);
            if (away) {
                throw new EngineException("no engine");
            }
            listener = next;
            ended = end;
            return () -> closed++;
        }

        private void tell(String action, Instant at) {
            listener.accept(new ContainerEvent("web-1a", action, "", at));
        }
    }
}
