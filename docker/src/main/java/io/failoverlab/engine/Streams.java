package io.failoverlab.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Statistics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What the engine tells without being asked again: events, output, counters. */
final class Streams {
    private Streams() {}

    /** As {@link EventStream.Source#open}. */
    static AutoCloseable events(
            DockerClient client,
            String run,
            Optional<Instant> since,
            Consumer<ContainerEvent> listener,
            Consumer<String> ended) {
        EventsCmd events = client.eventsCmd()
                .withEventTypeFilter(EventType.CONTAINER)
                .withLabelFilter(Map.of(Owner.RUN_LABEL, run));
        since.ifPresent(at -> events.withSince("%d.%09d".formatted(at.getEpochSecond(), at.getNano())));
        return events.exec(new ResultCallback.Adapter<Event>() {
            @Override
            public void onNext(Event event) {
                Map<String, String> attributes =
                        event.getActor() == null ? Map.of() : event.getActor().getAttributes();
                String name = attributes.get(LabContainers.NAME_LABEL);
                if (name != null && event.getAction() != null) {
                    listener.accept(new ContainerEvent(
                            name, event.getAction(), attributes.getOrDefault("exitCode", ""), timeOf(event)));
                }
            }

            @Override
            public void onError(Throwable failure) {
                ended.accept(String.valueOf(failure.getMessage()));
            }

            @Override
            public void onComplete() {
                ended.accept("the engine ended them");
            }
        });
    }

    private static Instant timeOf(Event event) {
        return event.getTimeNano() == null
                ? Instant.ofEpochSecond(event.getTime())
                : Instant.ofEpochSecond(0, event.getTimeNano());
    }

    /** @param errors whether the standard error stream is wanted as well; engines know {@code since} to the second */
    static AutoCloseable lines(
            DockerClient client, String id, boolean errors, Instant since, Consumer<String> listener) {
        return client.logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(errors)
                .withFollowStream(true)
                .withTailAll()
                .withSince(Math.toIntExact(since.getEpochSecond()))
                .exec(new Callback<Frame>() {
                    private final StringBuilder rest = new StringBuilder();

                    @Override
                    public void onNext(Frame frame) {
                        rest.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                        int from = 0;
                        for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", from)) {
                            listener.accept(rest.substring(from, end));
                            from = end + 1;
                        }
                        rest.delete(0, from);
                    }
                });
    }

    static AutoCloseable usage(DockerClient client, String id, Consumer<ContainerUsage> listener) {
        return client.statsCmd(id).exec(new Callback<Statistics>() {
            @Override
            public void onNext(Statistics statistics) {
                Counters.of(statistics).ifPresent(listener);
            }
        });
    }

    /** A stream that ends with its container or with the engine; neither is an error of the listener's. */
    private abstract static class Callback<T> extends ResultCallback.Adapter<T> {
        @Override
        public void onError(Throwable failure) {
            // whoever waits for what this stream should tell has a time-out of its own
        }
    }
}
