package io.failoverlab.autoscaling;

import io.failoverlab.topology.Zone;

/** The name and the id that the next instance of a zone will have. */
public record Upcoming(String instance, String instanceId, Zone zone) {}
