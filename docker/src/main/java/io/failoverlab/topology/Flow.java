package io.failoverlab.topology;

import java.util.List;
import java.util.stream.Stream;

/**
 * A rule of a security group: the nodes of one tier may open connections to a port of those of another. As on AWS there
 * are only rules that allow; what none allows is not reachable.
 */
public record Flow(Tier from, Tier to, int port) {
    /** Where every web server listens. */
    public static final int WEB_PORT = 8080;

    /** Where every database listens. */
    public static final int DB_PORT = 3306;

    static final List<Flow> DEFAULT =
            List.of(new Flow(Tier.ELB, Tier.WEB, WEB_PORT), new Flow(Tier.WEB, Tier.DB, DB_PORT));

    /** With replication and cloning between the servers of a Multi-AZ database, or to a read replica. */
    static final List<Flow> MULTI_AZ = Stream.concat(DEFAULT.stream(), Stream.of(new Flow(Tier.DB, Tier.DB, DB_PORT)))
            .toList();

    public Flow {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("expected a port from 1 to 65535, found " + port);
        }
    }

    @Override
    public String toString() {
        return from.label() + "->" + to.label() + ":" + port;
    }
}
