package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TurnTest {
    @Test
    void anOrderThatWasTakenBackActsNoMore() throws SQLException {
        AtomicBoolean wanted = new AtomicBoolean(true);
        Turn turn = new Turn(new Object(), wanted::get);
        List<String> done = new ArrayList<>();

        turn.act(() -> done.add("replace"));
        wanted.set(false);

        assertThatThrownBy(() -> turn.act(() -> done.add("follow")))
                .isInstanceOf(SQLException.class)
                .hasMessage("the order was taken back");
        assertThat(done).containsExactly("replace");
    }

    @Test
    void itIsAskedOnlyOnceTheStepBeforeHasEnded() throws Exception {
        Object acting = new Object();
        AtomicBoolean wanted = new AtomicBoolean(true);
        List<String> done = new ArrayList<>();
        Thread late;
        synchronized (acting) {
            late = Thread.ofPlatform().start(() -> {
                try {
                    new Turn(acting, wanted::get).act(() -> done.add("late"));
                } catch (SQLException takenBack) {
                    done.add(takenBack.getMessage());
                }
            });
            wanted.set(false);
        }
        late.join();

        assertThat(done).containsExactly("the order was taken back");
    }
}
