package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.EngineException;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.Balancing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An nginx that refuses, is late, cannot be told, cannot be written to. */
class ReloadsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Target A = new Target("a", "i-a", "ap-northeast-1a", "10.0.10.10", 8080);
    private static final Target B = new Target("b", "i-b", "ap-northeast-1c", "10.0.11.10", 8080);

    private final LabScheduler scheduler = new LabScheduler(failure -> {});
    private final Told told = new Told();
    private final FakeNginx nginx = new FakeNginx();
    private final Reloads reloads = new Reloads(nginx, Balancing.TUNED, scheduler, told);

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void nothingIsWrittenBeforeItRunsAndNothingTwice() {
        reloads.serve(rotation(A));
        assertThat(nginx.written).isEmpty();
        assertThat(reloads.maySendTo(A)).as("nobody knows").isTrue();

        reloads.begin();
        serve(A);
        reloads.serve(rotation(A));

        assertThat(nginx.written).containsExactly("2 [a]");
        assertThat(reloads.maySendTo(A)).isTrue();
        assertThat(reloads.maySendTo(B)).isFalse();
    }

    @Test
    void whatIsRefusedIsReportedTheLastGoodOneIsWrittenBackAndItIsNotOfferedAgain() {
        reloads.begin();
        serve(A);
        nginx.refuses = true;
        reloads.serve(rotation(A, B));
        await().atMost(LIMIT)
                .until(() ->
                        !told.of(StackEvent.RotationRejected.class).toList().isEmpty());
        await().atMost(LIMIT).until(() -> nginx.written.size() == 3);
        reloads.serve(rotation(A, B));

        assertThat(told.of(StackEvent.RotationRejected.class))
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).isEqualTo("[emerg] host not found"));
        assertThat(nginx.written).containsExactly("2 [a]", "3 [a, b]", "3 [a]");
        assertThat(reloads.serving()).containsExactly(A);

        nginx.refuses = false;
        serve(B);
        assertThat(nginx.written).endsWith("4 [b]");
        serve(A, B);
        assertThat(nginx.written).as("something else was wanted meanwhile").endsWith("5 [a, b]");
    }

    @Test
    void oneThatRunsAgainTakesWhatWasRefused() {
        reloads.begin();
        nginx.refuses = true;
        reloads.serve(rotation(A));
        await().atMost(LIMIT).until(() -> nginx.written.size() == 2);

        nginx.refuses = false;
        reloads.restarted();
        serve(A);
    }

    /** Whoever is wanted has to get in at last, and whoever is dead has to get out. */
    @Test
    void whatOnlyDoesNotArriveIsOfferedAgainUntilItDoesAndToldOnce() {
        reloads.begin();
        serve(A, B);
        for (RuntimeException failure : List.of(
                new EngineException("the engine does not answer"),
                new UncheckedIOException("nginx's configuration could not be written", new IOException("disk full")))) {
            nginx.failure = Optional.of(failure);
            reloads.serve(rotation(A));
            await().atMost(LIMIT)
                    .until(() -> told.troubles().stream().anyMatch(it -> it.contains(failure.getMessage())));
            int before = nginx.attempts;
            await().atMost(LIMIT).until(() -> {
                reloads.serve(rotation(A));
                return nginx.attempts >= before + 3;
            });
            assertThat(reloads.maySendTo(B)).as("it may have arrived").isTrue();
            nginx.failure = Optional.empty();
            serve(A);
            serve(A, B);
        }
        assertThat(told.troubles()).hasSize(2).allMatch(it -> it.contains("offered again until it is served"));
        assertThat(told.of(StackEvent.RotationRejected.class)).isEmpty();
    }

    /** The one that nginx was not seen to serve may be served later all the same: what it had before has to be told anew. */
    @Test
    void whatWasServedBeforeOneThatIsLateIsToldAnew() {
        reloads.begin();
        serve(A);
        nginx.late = true;
        reloads.serve(rotation(A, B));
        await().atMost(LIMIT).until(() -> !told.troubles().isEmpty());
        nginx.late = false;

        await().atMost(LIMIT).until(() -> {
            reloads.serve(rotation(A));
            return !reloads.maySendTo(B);
        });
        assertThat(nginx.written.getLast()).endsWith("[a]");
        assertThat(nginx.generation).isGreaterThan(3);
    }

    @Test
    void whatAnEarlierLabToldIsToldAnewUnderAHigherNumber() {
        reloads.goOn(41);
        serve(A);
        assertThat(nginx.written).containsExactly("42 [a]");
    }

    private void serve(Target... targets) {
        await().atMost(LIMIT).until(() -> {
            reloads.serve(rotation(targets));
            return reloads.serving().equals(List.of(targets)) && !reloads.maySendTo(nobody());
        });
    }

    private static Target nobody() {
        return new Target("nobody", "i-0", "ap-northeast-1a", "10.0.10.99", 8080);
    }

    private static Rotation rotation(Target... targets) {
        return new Rotation(
                Stream.of(targets).map(it -> new Rotation.Share(it, 1)).toList(), List.of(targets));
    }

    private static final class FakeNginx implements Reloads.Nginx {
        private final List<String> written = new CopyOnWriteArrayList<>();
        private volatile long generation = 1;
        private volatile long next = 1;
        private volatile int attempts;
        private volatile boolean refuses;
        private volatile boolean late;
        private volatile Optional<RuntimeException> failure = Optional.empty();

        @Override
        public void write(Rotation rotation, long number) {
            attempts++;
            failure.filter(UncheckedIOException.class::isInstance).ifPresent(it -> {
                throw it;
            });
            written.add(
                    number + " " + rotation.targets().stream().map(Target::name).toList());
            next = number;
        }

        @Override
        public void reload() {
            failure.ifPresent(it -> {
                throw it;
            });
            if (!refuses) {
                generation = next;
            }
        }

        @Override
        public boolean serves(long number, Duration limit) {
            return !late && generation == number;
        }

        @Override
        public Optional<String> refusalSince(Instant since) {
            return refuses ? Optional.of("[emerg] host not found") : Optional.empty();
        }
    }

    private static final class Told implements Telemetry {
        private final List<StackEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void measured(List<Measurement> measurements) {}

        @Override
        public void happened(StackEvent event) {
            events.add(event);
        }

        private <T> Stream<T> of(Class<T> kind) {
            return events.stream().filter(kind::isInstance).map(kind::cast);
        }

        private List<String> troubles() {
            return of(StackEvent.Trouble.class).map(StackEvent.Trouble::message).toList();
        }
    }
}
