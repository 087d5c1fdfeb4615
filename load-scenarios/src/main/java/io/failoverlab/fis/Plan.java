package io.failoverlab.fis;

import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Stop;
import io.failoverlab.history.AlarmState;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What an experiment will do to a stack.
 *
 * @param description of the template
 * @param seed that chose the targets
 * @param scale that times of a minute and more were divided by
 * @param correspondence how the template's words were understood, a line each
 * @param targets by name, as they were chosen
 * @param actions in the order of the template
 * @param stopAlarms names of the alarms that stop it
 * @param notes what the lab does otherwise than AWS, a sentence each
 */
public record Plan(
        String description,
        long seed,
        int scale,
        List<String> correspondence,
        Map<String, Chosen> targets,
        List<PlannedAction> actions,
        List<String> stopAlarms,
        List<String> notes) {

    private static final Duration STOP_AND_START = Duration.ofSeconds(10);

    public Plan {
        correspondence = List.copyOf(correspondence);
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        actions = List.copyOf(actions);
        stopAlarms = List.copyOf(stopAlarms);
        notes = List.copyOf(notes);
    }

    /** The names that were chosen, those they were chosen of, and how. */
    public record Chosen(List<String> names, List<String> fitting, Selection selection) {
        public Chosen {
            names = List.copyOf(names);
            fitting = List.copyOf(fitting);
        }
    }

    /**
     * An action with its place in the order.
     *
     * @param aws a time of the template where the one used here differs; empty if none does
     */
    public record PlannedAction(String name, String actionId, List<String> startAfter, Work work, String aws) {
        public PlannedAction {
            startAfter = List.copyOf(startAfter);
        }
    }

    /** What an action does, in the lab's own terms and times. */
    public sealed interface Work {

        /** How long it goes on once it is in effect. */
        default Duration hold() {
            return Duration.ZERO;
        }

        /** How long it takes from its begin, as far as can be known. */
        default Duration length() {
            return hold();
        }

        /** How much longer it may take. */
        default Duration allowance() {
            return Duration.ZERO;
        }

        /** The longest that is expected. */
        default Duration longest() {
            return length().plus(allowance());
        }

        /**
         * A fault of the lab in several places at once.
         *
         * @param where names of instances, or the letter of a zone
         * @param undoneAfter without one it lasts as long as the run
         * @param hold how long the action lasts, which may be shorter or longer than the fault
         * @param mayBeTerminated whether it is well that what it hit is gone at its end
         */
        record Inject(
                Fault fault, List<String> where, Optional<Duration> undoneAfter, Duration hold, boolean mayBeTerminated)
                implements Work {
            public Inject {
                where = List.copyOf(where);
            }

            /** An instance shuts down at the begin and boots at the end, both of which the hold does not count. */
            @Override
            public Duration allowance() {
                return fault instanceof Stop ? STOP_AND_START : Duration.ZERO;
            }
        }

        /** Instances are rebooted. */
        record Reboot(List<String> instances) implements Work {
            public Reboot {
                instances = List.copyOf(instances);
            }

            @Override
            public Duration length() {
                return Duration.ofSeconds(5);
            }
        }

        /** Instances are terminated. */
        record Terminate(List<String> instances) implements Work {
            public Terminate {
                instances = List.copyOf(instances);
            }

            @Override
            public Duration length() {
                return Duration.ofSeconds(10);
            }
        }

        /** A database on one server is rebooted. */
        record RebootDatabase(String database) implements Work {
            @Override
            public Duration length() {
                return Duration.ofSeconds(15);
            }
        }

        /** A Multi-AZ database fails over. */
        record FailOver(String database) implements Work {
            @Override
            public Duration length() {
                return Duration.ofSeconds(10);
            }
        }

        /** Nothing is done for that long. */
        record Wait(Duration hold) implements Work {}

        /** Each of the alarms is in one of the states, or the action fails. */
        record AssertAlarms(List<String> alarms, Set<AlarmState> states) implements Work {
            public AssertAlarms {
                alarms = List.copyOf(alarms);
                states = Set.copyOf(states);
            }
        }

        /** It is not done. */
        record Skip(String reason) implements Work {}
    }

    /** When an action begins at the earliest, after the begin of the experiment. */
    public Duration begin(String action) {
        return begins(Work::length).get(action);
    }

    /** How long the experiment takes at the most, as far as can be known. */
    public Duration length() {
        Map<String, Duration> begins = begins(Work::longest);
        return actions.stream()
                .map(action -> begins.get(action.name()).plus(action.work().longest()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private Map<String, Duration> begins(Function<Work, Duration> time) {
        Map<String, Duration> begins = new HashMap<>();
        Map<String, PlannedAction> byName = new HashMap<>();
        actions.forEach(action -> byName.put(action.name(), action));
        while (begins.size() < actions.size()) {
            for (PlannedAction action : actions) {
                if (begins.keySet().containsAll(action.startAfter())) {
                    begins.put(
                            action.name(),
                            action.startAfter().stream()
                                    .map(other -> begins.get(other)
                                            .plus(time.apply(byName.get(other).work())))
                                    .max(Duration::compareTo)
                                    .orElse(Duration.ZERO));
                }
            }
        }
        return begins;
    }
}
