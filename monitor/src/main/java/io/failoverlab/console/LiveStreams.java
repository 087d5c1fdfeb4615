package io.failoverlab.console;

import io.failoverlab.live.LiveFeed;
import io.failoverlab.live.LiveMessage;
import io.failoverlab.live.LiveMessage.Tick;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers {@code GET /live}: a snapshot, then every message of the feed as it comes, to any number of pages. The id of an event is
 * {@code RUN-SECOND}: the same run and the last second the page has. A page that comes back with an id of this run gets only the
 * seconds after it; any other gets everything.
 */
final class LiveStreams implements AutoCloseable {
    /** More than four minutes of ticks; LiveFeed drops a watcher of its own at a few hundred as well. */
    private static final int BACKLOG = 256;

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final int RECONNECT_MS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A second can be told again when datapoints of it arrive late. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private static final Pattern ID = Pattern.compile("(?<run>[0-9a-f]{16})-(?<second>[0-9]{1,12})");

    private final LiveFeed feed;
    private final LiveJson json = new LiveJson();
    private final String run =
            HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextLong());
    private final Map<LiveClient, Thread> writers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    LiveStreams(LiveFeed feed) {
        this.feed = feed;
    }

    void open(Context context) {
        // A browser that comes back by itself says it in the header, a page that let go of its stream in the address.
        String header = context.header("Last-Event-ID");
        Optional<Instant> resumeAfter = resumeAfter(header == null ? context.queryParam("after") : header);
        context.contentType("text/event-stream; charset=utf-8");
        context.header("Cache-Control", "no-store");
        context.header("X-Content-Type-Options", "nosniff");
        CompletableFuture<Void> ended = new CompletableFuture<>();
        context.future(() -> {
            Thread.ofVirtual().name("live-stream").start(() -> {
                try {
                    stream(context.res().getOutputStream(), resumeAfter);
                } catch (IOException browserGone) {
                    // It connects again if it wants to.
                } finally {
                    ended.complete(null);
                }
            });
            return ended;
        });
    }

    /** Ends every stream and refuses new ones; the responses are ended in order, which they cannot be once the server has stopped. */
    @Override
    public void close() {
        closed = true;
        List<Thread> ending = List.copyOf(writers.values());
        writers.keySet().forEach(LiveClient::close);
        try {
            for (Thread writer : ending) {
                writer.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stream(OutputStream out, Optional<Instant> resumeAfter) {
        LiveClient client = new LiveClient(BACKLOG, HEARTBEAT, this::encode);
        // Subscribed first, so that nothing falls between the snapshot and what follows it.
        LiveFeed.Subscription subscription = feed.subscribe(client::offer);
        try {
            writers.put(client, Thread.currentThread());
            if (closed) {
                client.close();
            }
            client.write(opening(resumeAfter), out);
        } finally {
            subscription.close();
            writers.remove(client);
        }
    }

    private byte[] opening(Optional<Instant> resumeAfter) {
        List<LiveMessage> messages = feed.snapshot();
        List<LiveMessage> wanted = resumeAfter
                .map(second -> since(second.minus(OVERLAP), messages))
                .orElse(messages);
        LiveJson.Encoded encoded = json.snapshot(wanted, resumeAfter.isPresent());
        byte[] retry = ServerSentEvent.reconnectAfter(RECONNECT_MS);
        byte[] snapshot = new ServerSentEvent(encoded.type(), lastId(messages), encoded.json()).bytes();
        byte[] both = Arrays.copyOf(retry, retry.length + snapshot.length);
        System.arraycopy(snapshot, 0, both, retry.length, snapshot.length);
        return both;
    }

    private static List<LiveMessage> since(Instant first, List<LiveMessage> messages) {
        return messages.stream()
                .filter(message ->
                        !(message instanceof Tick tick) || !tick.second().isBefore(first))
                .toList();
    }

    private ServerSentEvent encode(LiveMessage message) {
        LiveJson.Encoded encoded = json.message(message);
        return new ServerSentEvent(encoded.type(), lastId(List.of(message)), encoded.json());
    }

    /** The id after these messages; empty if there is no tick among them. */
    private String lastId(List<LiveMessage> messages) {
        return messages.stream()
                .filter(Tick.class::isInstance)
                .map(message -> ((Tick) message).second())
                .max(Comparator.naturalOrder())
                .map(second -> run + "-" + second.getEpochSecond())
                .orElse("");
    }

    private Optional<Instant> resumeAfter(String lastEventId) {
        Matcher id = ID.matcher(lastEventId == null ? "" : lastEventId);
        return id.matches() && id.group("run").equals(run)
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(id.group("second"))))
                : Optional.empty();
    }
}
