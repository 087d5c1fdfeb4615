package io.failoverlab.comparison;

import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Node;

/**
 * The share of a year that one part of each kind is taken to be up, 0 to 1. They are stated, not measured.
 *
 * @param balancer of the load balancer as a whole
 * @param web of one web server
 * @param database of one database instance
 */
public record StatedAvailability(double balancer, double web, double database) {
    /**
     * Of AWS's service level agreements: Elastic Load Balancing 99.99 %, a single EC2 instance 99.5 %, a single-AZ RDS
     * instance 99.5 %.
     */
    public static final StatedAvailability AWS = new StatedAvailability(0.9999, 0.995, 0.995);

    public StatedAvailability {
        require("balancer", balancer);
        require("web", web);
        require("database", database);
    }

    double of(Node node) {
        return switch (node) {
            case LoadBalancer it -> balancer;
            case Instance it -> web;
            case DbInstance it -> database;
        };
    }

    private static void require(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "expected an availability of 0 to 1 for the " + what + ", found " + value);
        }
    }
}
