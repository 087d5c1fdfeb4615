package io.failoverlab.watch;

import io.failoverlab.simulation.LoadSecond;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts the client's view of a load into the monitor of the lab that is up; without one it does nothing. */
public final class LoadPublisher implements AutoCloseable {
    private record Line(MonitorClient client, MonitorPublisher publisher, Consumer<String> trouble) {}

    private final Optional<Line> line;

    private LoadPublisher(Optional<Line> line) {
        this.line = line;
    }

    /** @param trouble told in words when the monitor does not take something */
    public static LoadPublisher to(Optional<MonitorAccess> monitor, Consumer<String> trouble) {
        return new LoadPublisher(monitor.map(access -> {
            MonitorClient client = new MonitorClient(access, "ap-northeast-1");
            return new Line(client, new MonitorPublisher(client, trouble), trouble);
        }));
    }

    public void second(LoadSecond second) {
        line.ifPresent(open -> open.publisher().measured(ClientMetrics.of(second)));
    }

    /** The begin or the end of the load. A load outlives the lab's monitor. */
    public void event(Instant at, String detailType, String simulation, int rate) {
        line.ifPresent(open -> {
            try {
                open.client().loadEvent(at, detailType, simulation, rate);
            } catch (MonitorFailed gone) {
                open.trouble().accept("\"" + detailType + "\" was not shown: " + gone.getMessage());
            }
        });
    }

    @Override
    public void close() throws IOException {
        if (line.isPresent()) {
            line.get().publisher().close();
            line.get().client().close();
        }
    }
}
