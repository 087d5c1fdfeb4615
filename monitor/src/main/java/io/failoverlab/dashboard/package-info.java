/**
 * The body of a CloudWatch dashboard: what it may say, told in CloudWatch's words where it does not.
 * Read {@link io.failoverlab.dashboard.DashboardBody} first.
 */
package io.failoverlab.dashboard;
