package io.failoverlab.simulation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a load ended.
 *
 * @param report Gatling's own page; absent if it was not asked for, or if nothing was sent that it could show
 */
public record LoadResult(Ending ending, Optional<Path> report) {

    /** Whether the plan was carried out. */
    public enum Ending {
        /** Every planned request was started, and answered or given up. */
        COMPLETED,
        /** The lab asked for the end; requests under way were abandoned. */
        STOPPED
    }
}
