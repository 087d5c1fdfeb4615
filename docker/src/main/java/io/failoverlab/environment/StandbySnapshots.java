package io.failoverlab.environment;

import java.util.Map;

/** The snapshots that a standby without a server is made of. */
interface StandbySnapshots {
    /** Takes one of the primary, and forgets the one that was taken before. */
    void take();

    /**
     * The last snapshot of the database, as the variables of a container that begins with it.
     *
     * @throws IllegalStateException if there is none
     */
    Map<String, String> last();
}
