package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.clock.LabScheduler;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit is one that a test never comes to. */
@Timeout(60)
class AnswerWaitTest {
    private static final Duration LIMIT = Duration.ofHours(1);

    private final List<Throwable> escaped = new ArrayList<>();
    private final LabScheduler scheduler = new LabScheduler(escaped::add);
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final Turn turn = new Turn(new Object(), wanted::get);

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void anOrderThatIsTakenBackEndsTheWait() {
        AnswerWait wait = new AnswerWait(server -> false, scheduler);

        assertThatThrownBy(() -> wait.await("db-2", silentAnd(() -> wanted.set(pings.get() < 3)), LIMIT, turn))
                .isInstanceOf(SQLException.class)
                .hasMessage("the order was taken back");
        assertThat(pings).as("and nobody is asked after that").hasValue(3);
    }

    @Test
    void aServerThatEndedIsNotWaitedFor() {
        AnswerWait wait = new AnswerWait(server -> pings.get() == 2, scheduler);

        assertThatThrownBy(() -> wait.await("db-2", silentAnd(() -> {}), LIMIT, turn))
                .hasMessage("db-2 does not answer");
        assertThat(pings).hasValue(2);
    }

    @Test
    void anAnswerEndsIt() throws SQLException {
        AnswerWait wait = new AnswerWait(server -> false, scheduler);

        wait.await(
                "db-2",
                () -> {
                    if (pings.incrementAndGet() < 4) {
                        throw new SQLException("connection refused");
                    }
                },
                LIMIT,
                turn);

        assertThat(pings).hasValue(4);
    }

    private Turn.Action silentAnd(Runnable then) {
        return () -> {
            pings.incrementAndGet();
            then.run();
            throw new SQLException("connection refused");
        };
    }
}
