package io.failoverlab.session;

import io.failoverlab.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs experiments on a lab that is up. */
public interface Experiments {
    /**
     * Names of those that can be run on such a stack as it is.
     *
     * @param shop whether it serves the sample shop
     */
    List<String> fitting(Topology topology, boolean shop);

    /**
     * Runs one to its end; the stack is left up, with nothing done to it.
     *
     * @param experiment its name, or the path of its file
     * @return the folder that the run is kept in
     * @throws RuntimeException with the reason, if it cannot be run
     */
    Path run(LabSession lab, String experiment) throws IOException, InterruptedException;
}
