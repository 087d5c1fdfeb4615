package io.failoverlab.junit;

import io.failoverlab.experiment.Experiment;
import io.failoverlab.topology.Topology;
import java.net.URI;

/** A stack that is up, for the tests of a class. */
interface Stack extends AutoCloseable {
    Topology topology();

    URI service();

    URI monitor();

    /** The access key id of the monitor's clients. */
    String monitorToken();

    /** Begins the load of an experiment; waits for the end of one that is under way. */
    LoadRun begin(Experiment experiment) throws InterruptedException;

    @Override
    void close();
}
