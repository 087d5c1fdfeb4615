package io.failoverlab.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.top.Viewer.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final LabScheduler scheduler = new LabScheduler(failure -> {});
    private FakeMonitor monitor;
    private LiveStream stream;

    @BeforeEach
    void open() throws Exception {
        monitor = new FakeMonitor();
    }

    @AfterEach
    void close() {
        stream.close();
        monitor.close();
        scheduler.close();
    }

    private void listen(Optional<String> token) {
        stream = LiveStream.open(
                monitor.url(),
                () -> token,
                new LiveStream.Listener() {
                    @Override
                    public void connection(Connection connection) {
                        heard.add(connection.name());
                    }

                    @Override
                    public void message(JsonNode message) {
                        heard.add(message.path("n").asText());
                    }
                },
                scheduler);
    }

    @Test
    void aBrokenStreamGoesOnFromWhereItWas() {
        listen(Optional.empty());
        monitor.tell("ab-1", "{\"n\":1}");
        monitor.write(":\n\n");
        monitor.write("retry: 1000\n\n");
        monitor.write("event: tick\ndata: {\"n\":\ndata: 2}\n\n");
        monitor.end();
        monitor.tell("ab-3", "{\"n\":3}");
        await().atMost(LIMIT).until(() -> heard.contains("3"));
        assertThat(heard).containsExactly("CONNECTING", "OPEN", "1", "2", "LOST", "OPEN", "3");
        assertThat(monitor.requests()).containsExactly("null null", "null ab-1");
    }

    @Test
    void oneThatIsRefusedTriesAgainWithItsToken() {
        monitor.refuse(1);
        monitor.tell("", "{\"n\":1}");
        listen(Optional.of("0f".repeat(32)));
        await().atMost(LIMIT).until(() -> heard.contains("1"));
        assertThat(heard).containsExactly("CONNECTING", "REFUSED", "OPEN", "1");
        assertThat(monitor.requests()).hasSize(2).allMatch(it -> it.equals("Bearer " + "0f".repeat(32) + " null"));
    }
}
