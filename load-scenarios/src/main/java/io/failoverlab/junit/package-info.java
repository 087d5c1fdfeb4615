/**
 * Failover tests with JUnit: a stack for a test class, load, faults, and a verdict that fails the test with the measured
 * numbers. Read {@link io.failoverlab.junit.LabExtension} first, then {@link io.failoverlab.junit.LoadRun}.
 */
package io.failoverlab.junit;
