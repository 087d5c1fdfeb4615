package io.failoverlab.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ServerSentEventTest {
    @Test
    void isNameIdAndDataEndedByAnEmptyLine() {
        ServerSentEvent event = new ServerSentEvent("tick", "run-17", "{\"a\":\"é\"}");

        assertThat(new String(event.bytes(), UTF_8)).isEqualTo("event: tick\nid: run-17\ndata: {\"a\":\"é\"}\n\n");
    }

    @Test
    void anEmptyIdIsLeftOutSinceItWouldResetTheBrowsersOwn() {
        ServerSentEvent event = new ServerSentEvent("alarm", "", "{}");

        assertThat(new String(event.bytes(), UTF_8)).isEqualTo("event: alarm\ndata: {}\n\n");
    }

    @Test
    void everyKindOfLineBreakInTheDataStaysInsideTheEvent() {
        ServerSentEvent event = new ServerSentEvent("tick", "", "one\ntwo\r\nthree\rfour");

        assertThat(new String(event.bytes(), UTF_8))
                .isEqualTo("event: tick\ndata: one\ndata: two\ndata: three\ndata: four\n\n");
    }

    @Test
    void aNameOrIdThatWouldBreakTheStreamIsRefused() {
        assertThatThrownBy(() -> new ServerSentEvent("tick\ndata: forged", "", "{}"))
                .hasMessage("name must be one line without NUL, found \"tick\\ndata: forged\"");
        assertThatThrownBy(() -> new ServerSentEvent("tick", "1\r2", "{}"))
                .hasMessageStartingWith("id must be one line");
        assertThatThrownBy(() -> new ServerSentEvent("", "", "{}"))
                .hasMessage("an event needs a name, found an empty one");
    }

    @Test
    void heartbeatIsACommentAndReconnectIsARetryField() {
        assertThat(new String(ServerSentEvent.heartbeat(), UTF_8)).isEqualTo(":\n\n");
        assertThat(new String(ServerSentEvent.reconnectAfter(1000), UTF_8)).isEqualTo("retry: 1000\n\n");
    }
}
