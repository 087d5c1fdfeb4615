/**
 * What load is to be given to what target, checked before anything is sent. Read
 * {@link io.failoverlab.profile.LoadProfile} first.
 */
package io.failoverlab.profile;
