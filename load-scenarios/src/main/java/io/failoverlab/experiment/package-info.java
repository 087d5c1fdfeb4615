/**
 * Experiments: what is to be done to which stack under which load, and the run of it. Start at
 * {@link io.failoverlab.experiment.Experiment} for what it says and at
 * {@link io.failoverlab.experiment.ExperimentRunner} for what happens.
 */
package io.failoverlab.experiment;
