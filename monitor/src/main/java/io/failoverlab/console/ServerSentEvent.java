package io.failoverlab.console;

import java.nio.charset.StandardCharsets;

/**
 * One message of an event stream, as the HTML standard ("Server-sent events", section "Parsing an event stream") wants it on the
 * wire.
 *
 * @param name what the browser dispatches on
 * @param id what the browser sends back as Last-Event-ID when it connects again; empty leaves the id it has
 * @param data any text; line breaks in it survive as line feeds
 */
record ServerSentEvent(String name, String id, String data) {
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    ServerSentEvent {
        requireOneLine("name", name);
        requireOneLine("id", id);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an event needs a name, found an empty one");
        }
    }

    /** A comment: keeps the connection busy and is not seen by the page. */
    static byte[] heartbeat() {
        return HEARTBEAT.clone();
    }

    /** Tells the browser how long to wait before it connects again. */
    static byte[] reconnectAfter(int milliseconds) {
        return ("retry: " + milliseconds + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(data.length() + 64);
        text.append("event: ").append(name).append('\n');
        if (!id.isEmpty()) {
            text.append("id: ").append(id).append('\n');
        }
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void requireOneLine(String field, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    field + " must be one line without NUL, found \"" + value.replace("\n", "\\n") + "\"");
        }
    }
}
