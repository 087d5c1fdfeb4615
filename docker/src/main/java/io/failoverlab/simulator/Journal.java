package io.failoverlab.simulator;

/** What came to pass in a simulation, a line each: the same seed gives the same bytes. */
final class Journal {
    private final SimulatedTime time;
    private final StringBuilder text = new StringBuilder();
    private long lines;

    Journal(SimulatedTime time) {
        this.time = time;
    }

    void tell(String what) {
        lines++;
        text.append(time.elapsed()).append(" ms  ").append(what).append('\n');
    }

    /** Something may have changed if this has. */
    long lines() {
        return lines;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
