package io.failoverlab.simulation;

import java.time.Instant;

/**
 * What the generator's own JVM used in one second: one that is short of something measures itself.
 *
 * @param epochSecond the second, of the wall clock, in seconds since 1970
 * @param cpuMillis processor time, of all cores together
 * @param openFiles open file descriptors at its end, sockets among them; 0 where the system does not tell
 * @param mostFiles how many it may open; 0 where the system does not tell
 * @param gcMillis time that garbage collections took
 */
public record GeneratorUse(long epochSecond, long cpuMillis, long openFiles, long mostFiles, long gcMillis)
        implements LoadEvent {
    public Instant at() {
        return Instant.ofEpochSecond(epochSecond);
    }
}
