/**
 * The page that shows the running lab in a browser, and the stream of server-sent events that keeps it up to date.
 * Read {@link io.failoverlab.console.Console} first.
 */
package io.failoverlab.console;
