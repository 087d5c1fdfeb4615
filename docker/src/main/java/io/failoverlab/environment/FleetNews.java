package io.failoverlab.environment;

import io.failoverlab.ec2.InstanceState;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.Instance;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells what becomes of the fleet. */
final class FleetNews {
    private final Fleet fleet;
    private final Launch.Plan plan;
    private final List<Fleet.Listener> listeners = new CopyOnWriteArrayList<>();

    FleetNews(Fleet fleet, Launch.Plan plan) {
        this.fleet = fleet;
        this.plan = plan;
    }

    void listen(Fleet.Listener listener) {
        listeners.add(listener);
    }

    /** Returns when every listener has taken it in. */
    void changed() {
        for (Fleet.Listener listener : listeners) {
            try {
                listener.changed(fleet);
            } catch (RuntimeException failure) {
                trouble("a change of the fleet was not taken in: " + failure.getMessage());
            }
        }
    }

    void tell(Instance web, InstanceState state, String cause) {
        plan.telemetry()
                .happened(new StackEvent.InstanceStateChanged(
                        plan.scheduler().instant(),
                        web.name(),
                        plan.identities().of(web.name()),
                        web.zone().azName(),
                        state.word(),
                        cause));
    }

    void trouble(String message) {
        plan.telemetry().happened(new StackEvent.Trouble(plan.scheduler().instant(), message));
    }
}
