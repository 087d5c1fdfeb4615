package io.failoverlab.fis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An experiment template, read and checked as far as can be without a stack.
 *
 * @param source the file, for messages
 * @param targets by name, in the order of the file
 * @param actions in the order of the file; {@code startAfter} names only others of them, and never in a circle
 * @param stopAlarmArns of the alarms that stop the experiment
 * @param notes what the lab takes differently from AWS, a sentence each
 */
public record Template(
        String source,
        String description,
        Map<String, Target> targets,
        List<TemplateAction> actions,
        List<String> stopAlarmArns,
        EmptyTargets emptyTargets,
        List<String> notes) {

    /** What becomes of the experiment if a target has no resource (FIS user guide, "Experiment options"). */
    public enum EmptyTargets {
        /** It fails before any action. */
        FAIL,
        /** The target's actions are skipped, unless the target names ARNs. */
        SKIP
    }

    public Template {
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        actions = List.copyOf(actions);
        stopAlarmArns = List.copyOf(stopAlarmArns);
        notes = List.copyOf(notes);
    }
}
