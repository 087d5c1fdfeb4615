package io.failoverlab.session;

import io.failoverlab.environment.Fleet;
import io.failoverlab.environment.Identities;
import io.failoverlab.topology.Topology;
import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.MonitorProcess;
import io.failoverlab.watch.ScrapeTarget;
import io.failoverlab.watch.StackAlarms;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/** Keeps the monitor in step with the fleet: what it scrapes, and the alarms of the instances that there are. */
final class FleetWatch implements Fleet.Listener {
    private final MonitorProcess process;
    private final MonitorClient monitor;
    private final Identities identities;
    /** Instance id by name, of those that have their alarms. */
    private Map<String, String> alarmed = Map.of();

    FleetWatch(MonitorProcess process, MonitorClient monitor, Identities identities) {
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
        StackAlarms.of(Map.of(), identities.loadBalancer(), identities.targetGroup())
                .forEach(monitor::put);
        fleet.onChange(this);
        changed(fleet);
    }

    /** An instance has no alarms while it starts or leaves: what it does not report then is no news. */
    @Override
    public synchronized void changed(Fleet fleet) {
        Topology now = fleet.topology();
        process.scrape(scrapeTargets(now, identities));
        Map<String, String> wanted = watched(now, fleet.established());
        List<String> gone = alarmed.entrySet().stream()
                .filter(it -> !it.getValue().equals(wanted.get(it.getKey())))
                .flatMap(it -> StackAlarms.ofInstance(it.getKey(), it.getValue()).stream())
                .map(PutMetricAlarmRequest::alarmName)
                .toList();
        if (!gone.isEmpty()) {
            monitor.deleteAlarms(gone);
        }
        wanted.forEach((name, id) -> {
            if (!id.equals(alarmed.get(name))) {
                StackAlarms.ofInstance(name, id).forEach(monitor::put);
            }
        });
        alarmed = wanted;
    }

    /** Instance id by name of web servers and databases; the balancer is AWS's own business. */
    private Map<String, String> watched(Topology topology, Set<String> established) {
        Map<String, String> ids = identities.instances();
        Map<String, String> watched = new TreeMap<>();
        established.stream()
                .filter(name -> !name.equals(topology.loadBalancer().name()) && ids.containsKey(name))
                .forEach(name -> watched.put(name, ids.get(name)));
        return watched;
    }
}
