package io.failoverlab.cli;

import io.failoverlab.fault.Faults;
import io.failoverlab.session.ControlReply;
import io.failoverlab.session.ControlRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends faults to the lab that is up, which keeps their time limits and records them. */
final class FaultRequests {
    private FaultRequests() {}

    /** @param where name of the instance, or letter of the zone */
    static int inject(String fault, String where, Duration limit) {
        return inject(fault, where, limit, Map.of(), false);
    }

    /**
     * @param values of its parameters, by name
     * @param dryRun whether it is only to be told what would be hit
     */
    static int inject(String fault, String where, Duration limit, Map<String, String> values, boolean dryRun) {
        // Also without a lab: what is wrong is told first.
        Faults.named(fault, Optional.of(limit).filter(Duration::isPositive), values);
        return say(RunningLab.find().ask(new ControlRequest.Inject(fault, where, limit.toMillis(), values, dryRun)));
    }

    static int heal(String instance) {
        return say(RunningLab.find().ask(new ControlRequest.Heal(instance)));
    }

    static int ask(ControlRequest request) {
        return say(RunningLab.find().ask(request));
    }

    static int healZone(String zone) {
        return say(RunningLab.find().ask(new ControlRequest.HealZone(zone)));
    }

    private static int say(ControlReply reply) {
        Terminal terminal = Terminal.ofProcess();
        reply.message().lines().forEach(terminal::say);
        return ExitCode.PASS;
    }
}
