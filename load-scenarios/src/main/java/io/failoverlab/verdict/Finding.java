package io.failoverlab.verdict;

import java.util.List;

/**
 * What a check found.
 *
 * @param explanation one sentence: where the number comes from
 * @param evidence single things that the explanation counts, one line each
 */
record Finding(Measurement measured, String explanation, List<String> evidence) {

    Finding {
        evidence = List.copyOf(evidence);
    }

    static Finding missing(String reason) {
        return new Finding(new Measurement.Missing(reason), reason, List.of());
    }
}
