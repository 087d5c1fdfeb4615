package io.failoverlab.environment;

import io.failoverlab.autoscaling.LifecycleState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be known of an Auto Scaling group to go on with it in another process, beside its settings.
 *
 * @param began when its first lab began it; empty until then
 * @param lifecycle of its instances that are not in service
 * @param protectedFromScaleIn names of instances
 * @param refreshing whether an instance refresh is under way
 */
public record KeptGroup(
        Optional<Instant> began,
        Map<String, LifecycleState> lifecycle,
        Set<String> protectedFromScaleIn,
        boolean refreshing) {
    static final KeptGroup NONE = new KeptGroup(Optional.empty(), Map.of(), Set.of(), false);

    public KeptGroup {
        lifecycle = Map.copyOf(lifecycle);
        protectedFromScaleIn = Set.copyOf(protectedFromScaleIn);
    }
}
