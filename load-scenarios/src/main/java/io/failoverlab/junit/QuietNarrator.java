package io.failoverlab.junit;

import io.failoverlab.experiment.SilentNarrator;

/** Nobody watches a test: only what goes wrong in the lab itself is told, on standard error. */
final class QuietNarrator extends SilentNarrator {
    @Override
    public void trouble(String message) {
        System.err.println("lab: " + message);
    }
}
