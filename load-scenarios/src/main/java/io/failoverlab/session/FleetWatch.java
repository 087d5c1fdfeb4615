package io.failoverlab.session;

import io.failoverlab.environment.Fleet;
import io.failoverlab.environment.Identities;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Monitoring;
import io.failoverlab.topology.Node;
import io.failoverlab.topology.Timing;
import io.failoverlab.topology.Topology;
import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.MonitorProcess;
import io.failoverlab.watch.ScrapeTarget;
import io.failoverlab.watch.StackAlarms;
import io.failoverlab.watch.StackDashboard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** Keeps the monitor in step with the fleet: what it scrapes, the alarms of the instances that there are, and the dashboard. */
final class FleetWatch implements Fleet.Listener {
    private final MonitorProcess process;
    private final MonitorClient monitor;
    private final Identities identities;
    private final Function<Topology, List<ScrapeTarget>> scraped;
    /** By name, those that have their alarms. */
    private Map<String, StackAlarms.Instance> alarmed = Map.of();

    private boolean multiAz;

    private Optional<String> replica = Optional.empty();

    /** @param scraped what the monitor scrapes of a topology */
    FleetWatch(
            MonitorProcess process,
            MonitorClient monitor,
            Identities identities,
            Function<Topology, List<ScrapeTarget>> scraped) {
        this.scraped = scraped;
        this.process = process;
        this.monitor = monitor;
        this.identities = identities;
    }

    static List<ScrapeTarget> scrapeTargets(Topology topology, Identities identities) {
        Map<String, String> ids = identities.instances();
        return topology.web().stream()
                .filter(web -> ids.containsKey(web.name()))
                .map(web -> new ScrapeTarget(
                        web.primary().address() + ":8080",
                        Map.of("InstanceId", ids.get(web.name()), "InstanceName", web.name())))
                .toList();
    }

    /** The alarms of the stack as it is at first, and then with every change. */
    void begin(Fleet fleet) {
        Topology topology = fleet.topology();
        StackAlarms.of(new StackAlarms.Stack(
                        Map.of(),
                        zones(topology),
                        topology.loadBalancer().type(),
                        identities.loadBalancer(),
                        identities.targetGroup(),
                        timing(topology)))
                .forEach(monitor::put);
        fleet.onChange(this);
        changed(fleet);
    }

    /** An instance has no alarms while it starts or leaves: what it does not report then is no news. */
    @Override
    public synchronized void changed(Fleet fleet) {
        Topology now = fleet.topology();
        process.scrape(scraped.apply(now));
        Timing timing = timing(now);
        if (!multiAz && isMultiAz(now, fleet.established())) {
            monitor.put(StackAlarms.exposed(now.databaseIdentifier(), timing));
            multiAz = true;
        }
        Map<String, StackAlarms.Instance> wanted = watched(now, fleet.established());
        List<String> gone = alarmed.entrySet().stream()
                .filter(it -> !it.getValue().equals(wanted.get(it.getKey())))
                .flatMap(it -> StackAlarms.ofInstance(it.getKey(), it.getValue(), timing).stream())
                .map(PutMetricAlarmRequest::alarmName)
                .toList();
        if (!gone.isEmpty()) {
            monitor.deleteAlarms(gone);
        }
        wanted.forEach((name, instance) -> {
            if (!instance.equals(alarmed.get(name))) {
                StackAlarms.ofInstance(name, instance, timing).forEach(monitor::put);
            }
        });
        alarmed = wanted;
        watchReplica(now.readReplica().map(DbInstance::identifier), timing);
        String name = StackDashboard.name(now.name());
        monitor.putDashboard(name, StackDashboard.body(shown(now, wanted)));
    }

    private StackDashboard.Contents shown(Topology topology, Map<String, StackAlarms.Instance> watched) {
        StackAlarms.Stack stack = new StackAlarms.Stack(
                watched,
                zones(topology),
                topology.loadBalancer().type(),
                identities.loadBalancer(),
                identities.targetGroup(),
                timing(topology));
        List<String> alarms = new ArrayList<>();
        StackAlarms.of(stack).forEach(alarm -> alarms.add(alarm.alarmName()));
        if (StackAlarms.watchesRedundancy(topology)) {
            alarms.add(StackAlarms.exposed(topology.databaseIdentifier(), timing(topology))
                    .alarmName());
        }
        topology.readReplica()
                .ifPresent(it -> StackAlarms.ofReadReplica(it.identifier(), timing(topology))
                        .forEach(alarm -> alarms.add(alarm.alarmName())));
        return new StackDashboard.Contents(
                topology.name(), topology.region(), stack, List.of(topology.databaseIdentifier()), alarms);
    }

    private static Map<String, String> zones(Topology topology) {
        Map<String, String> zones = new LinkedHashMap<>();
        topology.web().forEach(web -> zones.put(web.zone().letter(), web.zone().azName()));
        return zones;
    }

    /** A read replica that was promoted is none any more. */
    private void watchReplica(Optional<String> wanted, Timing timing) {
        if (!wanted.equals(replica)) {
            replica.ifPresent(it -> monitor.deleteAlarms(StackAlarms.ofReadReplica(it, timing).stream()
                    .map(PutMetricAlarmRequest::alarmName)
                    .toList()));
            wanted.ifPresent(it -> StackAlarms.ofReadReplica(it, timing).forEach(monitor::put));
            replica = wanted;
        }
    }

    /** A standby that is still being made for a database that had none is not established. */
    private static boolean isMultiAz(Topology topology, Set<String> established) {
        return StackAlarms.watchesRedundancy(topology)
                && topology.databases().stream().map(DbInstance::name).allMatch(established::contains);
    }

    private static Timing timing(Topology topology) {
        return topology.loadBalancer().timing();
    }

    /** Web servers and databases, by name; the balancer is AWS's own business. */
    private Map<String, StackAlarms.Instance> watched(Topology topology, Set<String> established) {
        Map<String, String> ids = identities.instances();
        Map<String, StackAlarms.Instance> watched = new TreeMap<>();
        for (Node node : topology.nodes()) {
            String id = ids.get(node.name());
            if (id == null || !established.contains(node.name())) {
                continue;
            }
            switch (node) {
                case LoadBalancer ofAws -> {
                    // it has no status checks there
                }
                case Instance web -> watched.put(web.name(), new StackAlarms.Instance(id, web.monitoring()));
                case DbInstance db -> {
                    if (StackAlarms.watches(db)) {
                        watched.put(db.name(), new StackAlarms.Instance(id, Monitoring.BASIC));
                    }
                }
            }
        }
        return watched;
    }
}
