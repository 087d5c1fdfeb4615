package io.failoverlab.verdict;

/**
 * Whether an assumption holds. One that does not makes the verdict UNKNOWN, never PASS.
 *
 * @param name in JSON and JUnit
 * @param title for people
 * @param required what must be true
 * @param found what is true
 */
public record AssumptionResult(String name, String title, boolean holds, String required, String found) {}
