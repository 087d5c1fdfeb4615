package io.failoverlab.cli;

import io.failoverlab.verdict.Verdict;

/** What a command ends with; the same everywhere, so that pipelines can rely on it. */
final class ExitCode {
    static final int PASS = 0;
    static final int FAIL = 1;
    static final int USAGE = 2;
    static final int UNKNOWN = 3;
    static final int ENVIRONMENT = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(Verdict verdict) {
        return switch (verdict) {
            case PASS -> PASS;
            case FAIL -> FAIL;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
