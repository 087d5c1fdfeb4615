package io.failoverlab.api;

/** What one operation does. */
interface Action<I, O> {
    /** @throws ApiException to answer with an error */
    O answer(I request, CloudWatchRegion region);
}
