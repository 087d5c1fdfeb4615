package io.failoverlab.cli;

import io.failoverlab.session.ControlReply;
import io.failoverlab.session.ControlRequest;
import java.time.Duration;

/** Sends faults to the lab that is up, which keeps their time limits and records them. */
final class FaultRequests {
    private FaultRequests() {}

    /** @param where name of the instance, or letter of the zone */
    static int inject(String fault, String where, Duration limit, int yes) {
        if (limit.isNegative()) {
            throw UserError.usage("--for: expected a time above 0, found " + limit);
        }
        return say(RunningLab.find().ask(new ControlRequest.Inject(fault, where, limit.toMillis(), yes)));
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
