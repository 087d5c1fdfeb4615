package io.failoverlab.engine;

import java.time.Instant;

/**
 * Something the engine did with a container of the run.
 *
 * @param container the container's {@link ContainerSpec#name() name}
 * @param action the engine's word: {@code start}, {@code die}, {@code pause}, {@code unpause}, {@code oom} …
 * @param exitCode exit code for {@code die}, otherwise empty text
 * @param at the engine's own time
 */
public record ContainerEvent(String container, String action, String exitCode, Instant at) {}
