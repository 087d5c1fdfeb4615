package io.failoverlab.fis;

import io.failoverlab.document.DurationText;
import io.failoverlab.fis.Plan.Chosen;
import io.failoverlab.fis.Plan.PlannedAction;
import io.failoverlab.fis.Plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plan in lines for people. */
public final class PlanText {
    private PlanText() {}

    public static List<String> of(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("FIS experiment: " + plan.description());
        lines.add("seed " + plan.seed() + ", "
                + (plan.scale() == 1 ? "times as in the template" : "times of a minute and more / " + plan.scale())
                + ", takes " + DurationText.print(plan.length()));
        section(lines, "What the template's words are here; --map WORD=NAME says otherwise", plan.correspondence());
        section(
                lines,
                "Targets",
                plan.targets().entrySet().stream()
                        .map(it -> it.getKey() + ": " + chosen(it.getValue()))
                        .toList());
        section(
                lines,
                "Actions, by the time they begin at the earliest",
                plan.actions().stream()
                        .sorted((a, b) -> plan.begin(a.name()).compareTo(plan.begin(b.name())))
                        .map(it -> action(plan, it))
                        .toList());
        section(lines, "Stopped by an alarm", plan.stopAlarms());
        section(lines, "Otherwise than on AWS", plan.notes());
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> entries) {
        if (!entries.isEmpty()) {
            lines.add(title);
            entries.forEach(entry -> lines.add("  " + entry));
        }
    }

    private static String chosen(Chosen chosen) {
        return (chosen.names().isEmpty() ? "none" : String.join(", ", chosen.names())) + ", " + chosen.selection()
                + (chosen.fitting().isEmpty() ? "" : " of " + String.join(", ", chosen.fitting()));
    }

    private static String action(Plan plan, PlannedAction action) {
        return "%6s  %s (%s): %s%s%s"
                .formatted(
                        "+" + DurationText.print(plan.begin(action.name())),
                        action.name(),
                        action.actionId(),
                        work(action.work()),
                        action.aws().isEmpty() ? "" : " [" + action.aws() + " on AWS]",
                        action.startAfter().isEmpty() ? "" : ", after " + String.join(", ", action.startAfter()));
    }

    /** What will be done, in a few words. */
    static String work(Work work) {
        return switch (work) {
            case Work.Inject inject ->
                inject.fault().name() + " " + String.join(", ", inject.where())
                        + inject.undoneAfter()
                                .map(time -> ", undone after " + DurationText.print(time))
                                .orElse(", undone at the end of the run");
            case Work.Reboot(var instances) -> "reboot " + String.join(", ", instances);
            case Work.Terminate(var instances) -> "terminate " + String.join(", ", instances);
            case Work.RebootDatabase(var database) -> "reboot " + database;
            case Work.FailOver(var database) -> "fail " + database + " over to its standby";
            case Work.Wait(var time) -> "wait " + DurationText.print(time);
            case Work.AssertAlarms(var alarms, var states) ->
                String.join(", ", alarms) + " must be in "
                        + states.stream().map(Enum::name).sorted().collect(Collectors.joining(" or "));
            case Work.Skip(var reason) -> "skipped: " + reason;
        };
    }
}
