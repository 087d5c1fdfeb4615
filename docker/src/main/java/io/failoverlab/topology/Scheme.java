package io.failoverlab.topology;

/** ELB's scheme. Its other one, {@code internal}, publishes nothing, and no load could come in. */
public enum Scheme {
    /** Here: published on 127.0.0.1. */
    INTERNET_FACING
}
