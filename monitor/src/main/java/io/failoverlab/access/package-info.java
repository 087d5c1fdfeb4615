/**
 * Who may do what: roles, and a policy in IAM's form that decides for each request.
 * Read {@link io.failoverlab.access.Policy} first.
 */
package io.failoverlab.access;
