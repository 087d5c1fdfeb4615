package io.failoverlab.verdict;

import io.failoverlab.history.Event.LoadSecond;
import io.failoverlab.history.History;

/** Nothing of the history was lost on its way to the disk and back. */
final class HistoryIsComplete implements Assumption {
    /** Answers of the live counts that must be among the samples; the last second may be cut by the end of the load. */
    private static final int PERCENT = 99;

    @Override
    public AssumptionResult test(History history) {
        long counted = history.events(LoadSecond.class)
                .mapToLong(second -> second.ok() + second.ko())
                .sum();
        int samples = history.requests().size();
        boolean enough = samples * 100L >= counted * PERCENT;
        String found = history.damage().isEmpty()
                ? Wording.count(samples) + " samples of " + Wording.count(counted) + " answers counted live"
                : String.join("; ", history.damage());
        return new AssumptionResult(
                "history-complete",
                "The history is complete",
                history.damage().isEmpty() && enough,
                "no damaged file, and samples of at least " + PERCENT + " % of the answers",
                found);
    }
}
