package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PurgeMarksTest {
    private final PurgeMarks marks = new PurgeMarks();

    @Test
    void whereNobodyFollowsAllButTheOpenLogGo() {
        add("log-2", "a:1-5");
        assertThat(passed()).contains("log-2");
        assertThat(passed()).as("told once").isEmpty();
        add("log-3", "a:1-9");
        assertThat(passed()).contains("log-3");
    }

    @Test
    void aLogStaysUntilEveryFollowerHasIt() {
        add("log-2", "a:1-5");
        add("log-3", "a:1-9");
        add("log-4", "a:1-12");

        assertThat(passed("a:1-12", "a:1-4")).isEmpty();
        assertThat(passed("a:1-10", "a:1-12")).contains("log-3");
        assertThat(passed("a:1-12", "a:1-12,b:1")).contains("log-4");
    }

    @Test
    void aFollowerThatSaysNothingKeepsAll() {
        add("log-2", "a:1-5");
        assertThat(passed("a:1-9", "")).isEmpty();
        assertThat(passed("a:1-9", "a:1-9")).contains("log-2");
    }

    /** Else a server that goes on writing would always have more than its followers. */
    @Test
    void whatIsWrittenToTheOpenLogLaterDoesNotCount() {
        add("log-2", "a:1-5");
        add("log-2", "a:1-7");
        assertThat(passed("a:1-5")).contains("log-2");
    }

    private void add(String log, String executed) {
        marks.add(log, GtidSet.parse(executed));
    }

    private Optional<String> passed(String... needed) {
        return marks.passed(List.of(needed).stream().map(GtidSet::parse).toList());
    }
}
