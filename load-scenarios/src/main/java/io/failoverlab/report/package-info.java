/**
 * Writes a judged run down, for the terminal, for machines and as a page; every report is a function of the history and the
 * judgement and takes its numbers from {@code CheckResult} as they are, so that they are the same everywhere. Read
 * {@link io.failoverlab.report.TerminalReport} first; {@link io.failoverlab.report.Reports} writes the files.
 */
package io.failoverlab.report;
