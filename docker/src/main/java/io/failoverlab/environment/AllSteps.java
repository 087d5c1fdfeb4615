package io.failoverlab.environment;

import java.util.Arrays;
import java.util.List;

/** The steps back after a failure: each is taken, though one before it failed, and none hides why they are taken. */
final class AllSteps {
    private final RuntimeException failure;

    /** @param failure told of what fails on the way back, as suppressed */
    AllSteps(RuntimeException failure) {
        this.failure = failure;
    }

    void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /** What failed on the way back, in words. */
    List<String> failed() {
        return Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage).toList();
    }
}
