package io.failoverlab.access;

/** What a policy says to a request. */
public sealed interface Decision {
    record Allowed() implements Decision {}

    /** @param reason in the words of IAM's own refusals */
    record Denied(String reason) implements Decision {}

    default boolean allowed() {
        return this instanceof Allowed;
    }
}
