package io.failoverlab.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class AlarmWebhookTest {
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00.500Z");
    private static final String NOTIFICATION = """
            {"AlarmName":"web-1a-down","OldStateValue":"OK","NewStateValue":"ALARM",
             "NewStateReason":"Threshold Crossed","StateChangeTime":"2026-11-24T02:00:00.450+0000"}""";

    private final List<AlarmChange> heard = new CopyOnWriteArrayList<>();

    @Test
    void aNotificationDeliveredTwiceIsHeardOnce() throws Exception {
        try (AlarmWebhook webhook = new AlarmWebhook(InstantSource.fixed(NOW), heard::add)) {
            assertThat(post(webhook.url())).isEqualTo(204);
            assertThat(post(webhook.url())).isEqualTo(204);
        }
        assertThat(heard)
                .isEqualTo(List.of(new AlarmChange(
                        NOW,
                        Instant.parse("2026-11-24T02:00:00.450Z"),
                        "web-1a-down",
                        "OK",
                        "ALARM",
                        "Threshold Crossed")));
    }

    @Test
    void itListensOnLoopbackOnly() throws Exception {
        try (AlarmWebhook webhook = new AlarmWebhook(InstantSource.fixed(NOW), heard::add)) {
            assertThat(webhook.url().getHost()).isEqualTo("127.0.0.1");
        }
    }

    private static int post(URI url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .POST(HttpRequest.BodyPublishers.ofString(NOTIFICATION))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
