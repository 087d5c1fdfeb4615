package io.failoverlab.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.top.Viewer.Connection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * The monitor's stream of server-sent events (HTML standard, "Parsing an event stream"), as the page has it. It mends itself: one that
 * breaks or is refused is opened again a second later, from where it was.
 */
final class LiveStream implements AutoCloseable {
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    /** Told of what comes, on one thread. */
    interface Listener {
        void connection(Connection connection);

        void message(JsonNode message);
    }

    private final URI live;
    private final Supplier<Optional<String>> token;
    private final Listener listener;
    private final LabScheduler scheduler;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final Thread reader;
    private String lastId = "";
    private volatile boolean closed;

    private LiveStream(URI live, Supplier<Optional<String>> token, Listener listener, LabScheduler scheduler) {
        this.live = live;
        this.token = token;
        this.listener = listener;
        this.scheduler = scheduler;
        this.reader = Thread.ofVirtual().name("live stream").unstarted(this::run);
    }

    /**
     * Begins to listen.
     *
     * @param monitor its address
     * @param token that it wants to see, if it wants one; asked for each time
     */
    static LiveStream open(URI monitor, Supplier<Optional<String>> token, Listener listener, LabScheduler scheduler) {
        LiveStream stream = new LiveStream(monitor.resolve("/live"), token, listener, scheduler);
        stream.reader.start();
        return stream;
    }

    private void run() {
        try {
            listener.connection(Connection.CONNECTING);
            while (!closed) {
                boolean refused = listen();
                if (!closed) {
                    listener.connection(refused ? Connection.REFUSED : Connection.LOST);
                    scheduler.pause(AGAIN_AFTER);
                }
            }
        } catch (InterruptedException | RejectedExecutionException ended) {
            // closed
        }
    }

    /** Until it ends; whether it never began, since this client may not listen. */
    private boolean listen() throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(live).header("Accept", "text/event-stream");
        token.get().ifPresent(it -> request.header("Authorization", "Bearer " + it));
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                if (answer.statusCode() == 200) {
                    listener.connection(Connection.OPEN);
                    read(lines);
                }
            }
            return answer.statusCode() == 401 || answer.statusCode() == 403;
        } catch (IOException broken) {
            // mended by the next one
            return false;
        }
    }

    private void read(BufferedReader lines) throws IOException {
        StringBuilder data = new StringBuilder();
        String id = lastId;
        for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
            if (line.isEmpty()) {
                lastId = id;
                if (!data.isEmpty()) {
                    listener.message(json.readTree(data.toString()));
                    data.setLength(0);
                }
            } else if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(value(line));
            } else if (line.startsWith("id:")) {
                id = value(line);
            }
        }
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        http.shutdownNow();
    }
}
