package io.failoverlab.environment;

/** The images that a stack is made of. */
public record StackImages(String web, String loadBalancer, String database) {}
