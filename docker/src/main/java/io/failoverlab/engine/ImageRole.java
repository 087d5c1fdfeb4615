package io.failoverlab.engine;

import java.util.List;
import java.util.Locale;

/** What an image is for; each has a folder of that name under {@code docker/images}. */
public enum ImageRole {
    /** The application under test on a Java runtime. */
    WEB("eclipse-temurin:25-jre"),
    /** The load balancer; older ones than 1.28 break keep-alive connections at a reload, and than 1.29.6 know no stickiness. */
    NGINX("nginx:1.30"),
    /** The database. */
    MYSQL("mysql:8.4"),
    /** To measure the load balancer with; no part of a stack. */
    HAPROXY("haproxy:3.0");

    /** What every stack is made of. */
    static final List<ImageRole> OF_A_STACK = List.of(WEB, NGINX, MYSQL);

    private final String officialBase;

    ImageRole(String officialBase) {
        this.officialBase = officialBase;
    }

    /** Lower case, as in the folder and in the image's name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String repository() {
        return "failover-lab/" + label();
    }

    String officialBase() {
        return officialBase;
    }
}
