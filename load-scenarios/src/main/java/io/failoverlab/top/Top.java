package io.failoverlab.top;

import com.fasterxml.jackson.databind.JsonNode;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.top.Viewer.Connection;
import io.failoverlab.top.Viewer.Moment;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The stack as the monitor tells it, until somebody has seen enough. */
public final class Top {
    private static final Duration REDRAWN_EVERY = Duration.ofMillis(500);
    /** Where the terminal does not make a signal of it. */
    private static final int CTRL_C = 3;

    private static final Duration FIRST_DATA_LIMIT = Duration.ofSeconds(10);

    /**
     * What is looked at, and how.
     *
     * @param monitor its address
     * @param token that the monitor wants to see, if it wants one
     * @param colour whether colours are shown
     * @param ascii whether only characters of ASCII are
     */
    public record Setup(URI monitor, Supplier<Optional<String>> token, boolean colour, boolean ascii, ZoneId zone) {
        private Ink ink() {
            return new Ink(colour, ascii);
        }
    }

    /** How the person in front of it ended it. */
    public enum End {
        /** By a key. */
        QUIT,
        /** By Ctrl-C, or with the terminal. */
        INTERRUPTED
    }

    /** Whatever may change what is shown. */
    private sealed interface Input {
        record Message(JsonNode message) implements Input {}

        record Connected(Connection connection) implements Input {}

        record Resized() implements Input {}

        record Enough(End end) implements Input {}
    }

    private final Setup setup;
    private final LabScheduler scheduler;
    private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
    private final StackModel model = new StackModel();
    private Connection connection = Connection.CONNECTING;
    private Instant lastTickAt;
    private Optional<End> end = Optional.empty();

    public Top(Setup setup, LabScheduler scheduler) {
        this.setup = setup;
        this.scheduler = scheduler;
        this.lastTickAt = scheduler.instant();
    }

    /**
     * On the terminal's screen, until q or Ctrl-C is pressed.
     *
     * @throws IOException if the terminal cannot be had
     */
    @SuppressWarnings("try") // the stream only has to be there
    public End onScreen() throws IOException, InterruptedException {
        try (Screen screen = Screen.open(new Keys());
                LiveStream stream = open()) {
            while (end.isEmpty()) {
                screen.show(Screenful.of(view(), screen.height(), setup.ink()));
                takeIn();
            }
            return end.get();
        }
    }

    /**
     * As lines that follow each other, until the thread is interrupted.
     *
     * @param isRead whether anybody reads them still; asked after lines were written
     */
    @SuppressWarnings("try") // the stream only has to be there
    public void asLines(boolean json, Consumer<String> line, BooleanSupplier isRead) throws InterruptedException {
        TopLines lines = new TopLines(json ? TopLines.Form.JSON : TopLines.Form.TEXT, setup.ink());
        try (LiveStream stream = open()) {
            while (isRead.getAsBoolean()) {
                takeIn();
                lines.next(view(), model.last()).forEach(line);
            }
        }
    }

    /**
     * Once, as soon as there is something or the monitor refuses.
     *
     * @return whether there was something within some seconds
     */
    @SuppressWarnings("try") // the stream only has to be there
    public boolean once(boolean json, Consumer<String> line) throws InterruptedException {
        try (LiveStream stream = open()) {
            Instant latest = scheduler.instant().plus(FIRST_DATA_LIMIT);
            while (model.last().isEmpty()
                    && connection != Connection.REFUSED
                    && scheduler.instant().isBefore(latest)) {
                takeIn();
            }
            if (json) {
                new TopLines(TopLines.Form.JSON, setup.ink())
                        .next(view(), model.last())
                        .forEach(line);
            } else {
                Screenful.whole(view(), setup.ink()).forEach(line);
            }
            return model.last().isPresent();
        }
    }

    private LiveStream open() {
        return LiveStream.open(
                setup.monitor(),
                setup.token(),
                new LiveStream.Listener() {
                    @Override
                    public void connection(Connection now) {
                        inputs.add(new Input.Connected(now));
                    }

                    @Override
                    public void message(JsonNode message) {
                        inputs.add(new Input.Message(message));
                    }
                },
                scheduler);
    }

    private StackView view() {
        Instant now = scheduler.instant();
        return Viewer.view(model, new Moment(connection, Duration.between(lastTickAt, now), now, setup.zone()));
    }

    /** Waits for something new, or for the time to look again. */
    private void takeIn() throws InterruptedException {
        Input input = inputs.poll(REDRAWN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        while (input != null) {
            takeIn(input);
            input = inputs.poll();
        }
    }

    private void takeIn(Input input) {
        switch (input) {
            case Input.Message(JsonNode message) -> {
                model.apply(message);
                noteAge(message);
            }
            case Input.Connected(Connection now) -> connection = now;
            case Input.Resized() -> {
                // drawn anew
            }
            case Input.Enough(End how) -> end = Optional.of(how);
        }
    }

    /** What a snapshot holds can be long past: then it is old from the start. */
    private void noteAge(JsonNode message) {
        switch (message.path("type").asText()) {
            case "tick" -> lastTickAt = scheduler.instant();
            case "snapshot" ->
                model.last().ifPresent(second -> {
                    Instant ended = Instant.ofEpochSecond(second + 1);
                    Instant now = scheduler.instant();
                    lastTickAt = ended.isAfter(now) ? now : ended;
                });
            default -> {
                // says nothing of time
            }
        }
    }

    private final class Keys implements Screen.Listener {
        @Override
        public void key(int character) {
            switch (character) {
                case 'q', 'Q' -> inputs.add(new Input.Enough(End.QUIT));
                case CTRL_C -> interrupted();
                default -> {
                    // says nothing here
                }
            }
        }

        @Override
        public void resized() {
            inputs.add(new Input.Resized());
        }

        @Override
        public void interrupted() {
            inputs.add(new Input.Enough(End.INTERRUPTED));
        }
    }
}
