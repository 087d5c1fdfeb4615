package io.failoverlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.FailureCause;
import io.failoverlab.history.RequestLog;
import io.failoverlab.history.RequestSample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureCauseTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        502 | status.find.is(200), but actually found 502                                 | HTTP_5XX
        409 | status.find.in(200,201), but actually found 409                             | HTTP_4XX
        302 | status.find.is(200), but actually found 302                                 | HTTP_OTHER
        200 | jsonPath($.id).find.exists, found nothing                                   | WRONG_CONTENT
        0   | j.n.ConnectException: finishConnect(..) failed: Connection refused          | CONNECTION_REFUSED
        0   | i.n.c.u.Errors$NativeIoException: recvAddress(..) failed: Connection reset by peer | CONNECTION_LOST
        0   | Premature close                                                             | CONNECTION_LOST
        0   | j.i.IOException: kept-alive connection closed before the answer             | CONNECTION_LOST
        0   | Request timeout to 127.0.0.1/127.0.0.1:80 after 10000 ms                    | TIMED_OUT
        0   | j.n.SocketException: Too many open files                                    | GENERATOR_LIMIT
        0   | something new                                                               | OTHER
        """)
    void aFailureHasOneCause(int status, String error, FailureCause cause) {
        assertThat(FailureCause.of(
                        new RequestSample("item", Duration.ZERO, Duration.ofMillis(1), false, status, error)))
                .isEqualTo(cause);
    }

    @Test
    void theHistoryReadsTheLinesOfTheGenerator(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("requests.csv");
        Files.writeString(
                file,
                Answer.CSV_HEADER
                        + "\n"
                        + new Answer("item", 1_000_700, 1_000_709, true, 200, "").csvLine()
                        + new Answer("order", 1_000_800, 1_001_900, false, 0, "found \"x\",\nnot y").csvLine()
                        + "item,1000");
        List<String> damage = new ArrayList<>();

        assertThat(RequestLog.read(file, Instant.ofEpochMilli(1_000_500), damage))
                .containsExactly(
                        new RequestSample("item", Duration.ofMillis(200), Duration.ofMillis(9), true, 200, ""),
                        new RequestSample(
                                "order",
                                Duration.ofMillis(300),
                                Duration.ofMillis(1100),
                                false,
                                0,
                                "found \"x\", not y"));
        assertThat(damage).hasSize(1);
    }
}
