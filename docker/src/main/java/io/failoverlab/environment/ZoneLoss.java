package io.failoverlab.environment;

import java.util.Collection;

/** Says what losing a zone takes from the service. Pure. */
final class ZoneLoss {
    private ZoneLoss() {}

    /**
     * @param web zones of the web servers
     * @param databases zones of the databases
     * @return what it means beside fewer web servers; empty if the rest can serve
     */
    static String consequence(String zone, Collection<String> web, Collection<String> databases) {
        if (databases.stream().allMatch(zone::equals)) {
            return "an outage: the only database is in this zone, so no other zone can serve what needs it";
        }
        if (web.stream().allMatch(zone::equals)) {
            return "an outage: every web server is in this zone";
        }
        return "";
    }
}
