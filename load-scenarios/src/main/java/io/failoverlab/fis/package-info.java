/**
 * AWS FIS experiment templates on the local stack. {@link io.failoverlab.fis.TemplateFile} reads the JSON that
 * {@code aws fis create-experiment-template --cli-input-json} takes, {@link io.failoverlab.fis.Planner} translates it into a
 * {@link io.failoverlab.fis.Plan} for a stack, and {@link io.failoverlab.fis.Conductor} carries that out by the life cycle of
 * {@link io.failoverlab.fis.Progress}. To add an action, add it to {@link io.failoverlab.fis.Action},
 * {@link io.failoverlab.fis.ActionType} and the planner; an SSM document, to {@link io.failoverlab.fis.SsmDocument}.
 */
package io.failoverlab.fis;
