/**
 * The monitor's page in a terminal: the same stream, the same rules, other paper. A stream of messages becomes a
 * {@link io.failoverlab.top.StackModel}, that becomes a {@link io.failoverlab.top.StackView}, and that lines; start there.
 */
package io.failoverlab.top;
