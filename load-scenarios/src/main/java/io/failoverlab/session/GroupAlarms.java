package io.failoverlab.session;

import io.failoverlab.autoscaling.TrackingAlarm;
import io.failoverlab.environment.WebGroup;
import io.failoverlab.topology.Topology;
import io.failoverlab.watch.MonitorClient;
import io.failoverlab.watch.ScalingRequests;
import io.failoverlab.watch.TrackingAlarms;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Has the policies of the group carried out that the monitor's alarms ask for. */
final class GroupAlarms {
    private final WebGroup group;
    private final Map<String, TrackingAlarm> tracking;
    private final Consumer<String> trouble;

    private GroupAlarms(WebGroup group, Consumer<String> trouble) {
        this.group = group;
        this.trouble = trouble;
        this.tracking =
                group.takeTrackingAlarms().stream().collect(Collectors.toMap(TrackingAlarm::name, Function.identity()));
    }

    /** Makes the alarms of the target tracking policies, as AWS does. */
    static GroupAlarms begin(
            WebGroup group, Topology topology, String targetGroup, MonitorClient monitor, Consumer<String> trouble) {
        GroupAlarms alarms = new GroupAlarms(group, trouble);
        alarms.tracking
                .values()
                .forEach(it -> monitor.put(TrackingAlarms.request(
                        it,
                        group.name(),
                        targetGroup,
                        topology.region(),
                        topology.loadBalancer().timing())));
        return alarms;
    }

    void fired(ScalingRequests.Request request) {
        if (!request.group().equals(group.name())) {
            trouble.accept("the alarm " + request.alarm() + " names a policy of the group " + request.group()
                    + ", expected one of " + group.name());
            return;
        }
        TrackingAlarm own = tracking.get(request.alarm());
        try {
            if (own == null) {
                group.execute(request.policy(), request.alarm(), request.distance());
            } else if (request.threshold() > 0) {
                group.fired(own, own.load(request.threshold() + request.distance(), request.threshold()));
            }
        } catch (IllegalArgumentException unknown) {
            trouble.accept("the alarm " + request.alarm() + ": " + unknown.getMessage());
        }
    }
}
