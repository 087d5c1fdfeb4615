/**
 * The command line. One file a command; start at {@link io.failoverlab.cli.Lab}.
 */
package io.failoverlab.cli;
