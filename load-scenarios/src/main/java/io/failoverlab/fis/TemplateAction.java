package io.failoverlab.fis;

import java.util.List;

/**
 * An action of a template.
 *
 * @param name of it in the template
 * @param actionId such as {@code aws:ec2:stop-instances}
 * @param startAfter names of the actions that must have ended before; with none it starts with the experiment
 */
public record TemplateAction(String name, String actionId, List<String> startAfter, Action action) {
    public TemplateAction {
        startAfter = List.copyOf(startAfter);
    }
}
