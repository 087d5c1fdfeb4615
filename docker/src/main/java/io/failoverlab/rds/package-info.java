/**
 * The database tier: MySQL with RDS's words and metrics. Start at {@link io.failoverlab.rds.DbInstance}.
 */
package io.failoverlab.rds;
