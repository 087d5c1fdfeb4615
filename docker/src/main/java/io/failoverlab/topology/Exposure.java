package io.failoverlab.topology;

/** Whether a subnet has a route to the Internet gateway. */
public enum Exposure {
    PUBLIC,
    PRIVATE
}
