package io.failoverlab.junit;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.topology.Topology;
import java.net.URI;
import java.util.function.Consumer;

/** A stack that only tells that it is there. */
record FakeStack(Topology topology, Consumer<String> told) implements Stack {
    @Override
    public URI service() {
        return URI.create("http://127.0.0.1:1");
    }

    @Override
    public URI monitor() {
        return URI.create("http://127.0.0.1:2");
    }

    @Override
    public String monitorToken() {
        return "0123";
    }

    @Override
    public LoadRun begin(Experiment experiment) {
        told.accept("load");
        return new LoadRun(new NoLoad(), new NoLoad(), () -> told.accept("load over"));
    }

    @Override
    public void close() {
        told.accept("down " + topology.name());
    }
}
