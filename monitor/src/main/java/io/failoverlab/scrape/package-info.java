/**
 * Reads the metrics that applications expose in Prometheus's text format and makes datapoints of them.
 * Read {@link io.failoverlab.scrape.Scraper} first.
 */
package io.failoverlab.scrape;
