/**
 * What the monitor keeps, in one SQLite file that another process may read at any time: datapoints, alarms and their history, events.
 * Read {@link io.failoverlab.store.MetricStore} first.
 */
package io.failoverlab.store;
