/**
 * The shop: a small web application over MySQL that the lab runs as replicas and breaks on purpose, configured by its
 * environment and speaking HTTP. Read {@link io.failoverlab.app.App} first, then {@code Routes} for what it answers and
 * {@code SqlOrders} for how an order survives a failover.
 */
package io.failoverlab.app;
