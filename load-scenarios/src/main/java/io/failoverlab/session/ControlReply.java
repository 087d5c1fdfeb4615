package io.failoverlab.session;

import java.util.List;

/**
 * The answer to a {@link ControlRequest}.
 *
 * @param done whether what was asked for was done
 * @param message what happened, in words; why not, if it was not
 * @param instances for a status: one entry for each instance
 * @param faults for a status: those that are not undone yet
 * @param groups for a status: the Auto Scaling group, if there is one
 */
public record ControlReply(
        boolean done,
        String message,
        List<InstanceStatus> instances,
        List<FaultStatus> faults,
        List<GroupStatus> groups) {
    public ControlReply {
        groups = List.copyOf(groups);
        instances = List.copyOf(instances);
        faults = List.copyOf(faults);
    }

    static ControlReply done(String message) {
        return new ControlReply(true, message, List.of(), List.of(), List.of());
    }

    static ControlReply refused(String message) {
        return new ControlReply(false, message, List.of(), List.of(), List.of());
    }

    /**
     * One instance as it is now.
     *
     * @param state EC2's word
     * @param target ELB's word for its health; empty if it is no target
     * @param reason why the target is not healthy; empty if it is
     */
    public record InstanceStatus(
            String name, String id, String zone, String address, String state, String target, String reason) {}
}
