package io.failoverlab.app;

final class AotTraining {
    private AotTraining() {}

    static void run() {}
}
