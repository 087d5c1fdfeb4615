/**
 * CloudWatch's API: one short action for each operation behind one operation layer, and the wire protocols in front of it.
 * Read {@link io.failoverlab.api.CloudWatch} first; a new operation is one class and one line there.
 */
package io.failoverlab.api;
