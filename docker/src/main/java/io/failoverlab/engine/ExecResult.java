package io.failoverlab.engine;

/** How a command inside a container ended and what it printed. */
public record ExecResult(long exitCode, String stdout, String stderr) {}
