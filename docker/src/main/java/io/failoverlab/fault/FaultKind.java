package io.failoverlab.fault;

import io.failoverlab.document.DurationText;
import io.failoverlab.document.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A fault that can be asked for by its name.
 *
 * @param place what it strikes
 * @param summary what happens then, one sentence for people
 * @param parameters that it takes
 * @param maker makes it of what was said
 */
public record FaultKind(
        String name, Place place, String summary, List<Parameter> parameters, Function<Said, Fault> maker) {
    /** How long a fault that runs inside an instance lasts if nothing is said. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    /** What a fault strikes. */
    public enum Place {
        INSTANCE("instance"),
        /** An instance that replicates from another one: a read replica, or a standby that runs. */
        REPLICA("instance"),
        ZONE("zone"),
        DATABASE("database");

        private final String key;

        Place(String key) {
            this.key = key;
        }

        /** The key in an experiment's file. */
        public String key() {
            return key;
        }

        /** Whether it is one instance, or several, each by itself. */
        public boolean isInstance() {
            return this == INSTANCE || this == REPLICA;
        }
    }

    public FaultKind {
        parameters = List.copyOf(parameters);
    }

    /**
     * What was said of a fault.
     *
     * @param limit how long it may last
     * @param values by parameter
     */
    public record Said(Optional<Duration> limit, Map<String, String> values) {
        /** For faults that run inside an instance: they end by themselves. */
        Duration atMost() {
            return limit.orElse(DEFAULT_LIMIT);
        }

        int number(String parameter) {
            return Integer.parseInt(values.get(parameter));
        }

        Duration time(String parameter) {
            return DurationText.parse(values.get(parameter));
        }

        String text(String parameter) {
            return values.get(parameter);
        }
    }

    /**
     * The fault.
     *
     * @param limit how long it may last
     * @param values by parameter; the others have their fallback
     * @throws IllegalArgumentException if there is no such parameter, or its value is wrong
     */
    public Fault make(Optional<Duration> limit, Map<String, String> values) {
        List<String> known = parameters.stream().map(Parameter::name).toList();
        values.keySet().stream().filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException("expected a parameter of " + name
                    + (known.isEmpty() ? ", which has none" : ": " + String.join(", ", known)) + "; found " + key
                    + Nearest.of(key, known)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        });
        Map<String, String> all = new java.util.HashMap<>();
        for (Parameter parameter : parameters) {
            String said = values.get(parameter.name());
            all.put(parameter.name(), said == null ? parameter.fallback() : parameter.check(said));
        }
        Fault fault = maker.apply(new Said(limit, all));
        if (!fault.lasts() && limit.isPresent()) {
            throw new IllegalArgumentException("for: expected no time for " + name
                    + ", which is over once it is done; found " + DurationText.print(limit.get()));
        }
        return fault;
    }
}
