package io.failoverlab.topology;

import io.failoverlab.document.Field;
import io.failoverlab.document.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the list {@code lifecycle-hooks} of a group. */
final class LifecycleHookReader {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private LifecycleHookReader() {}

    static List<LifecycleHook> read(Section group) {
        Set<String> names = new HashSet<>();
        Set<LifecycleHook.Transition> taken = EnumSet.noneOf(LifecycleHook.Transition.class);
        List<LifecycleHook> hooks = new ArrayList<>();
        for (Section section : group.sections("lifecycle-hooks")) {
            hook(section, names, taken).ifPresent(hooks::add);
        }
        return hooks;
    }

    private static Optional<LifecycleHook> hook(
            Section section, Set<String> names, Set<LifecycleHook.Transition> taken) {
        Field<String> name = Names.unique(section, names);
        Field<LifecycleHook.Transition> transition =
                section.oneOf("transition", LifecycleHook.Transition.class).required();
        if (transition.value().isPresent() && !taken.add(transition.get())) {
            transition.reject("one hook for each transition", "a second", "let one hook's script do both");
        }
        Optional<Duration> heartbeat = section.duration("heartbeat-timeout", SHORTEST, LifecycleHook.MAX_HEARTBEAT)
                .value();
        LifecycleHook.Result result =
                section.oneOf("default-result", LifecycleHook.Result.class).orElse(LifecycleHook.Result.ABANDON);
        section.rejectUnknownKeys();
        return name.value()
                .filter(it -> name.sound() && transition.sound())
                .flatMap(it -> transition.value().map(at -> new LifecycleHook(it, at, heartbeat, result)));
    }
}
