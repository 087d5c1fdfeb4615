package io.failoverlab.cli;

import io.failoverlab.document.Nearest;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.environment.FaultFile;
import io.failoverlab.session.ControlClient;
import io.failoverlab.session.ControlReply;
import io.failoverlab.session.ControlRequest;
import io.failoverlab.session.Session;
import io.failoverlab.session.Sessions;
import java.io.IOException;
import java.util.List;

/** The lab that another process of this user keeps up. */
final class RunningLab {
    private final Session session;

    private RunningLab(Session session) {
        this.session = session;
    }

    /** @throws UserError if none is up */
    static RunningLab find() {
        Sessions sessions = Sessions.ofUser();
        return sessions.live()
                .map(RunningLab::new)
                .orElseThrow(() -> sessions.dead().stream()
                        .findFirst()
                        .map(dead -> UserError.environment("the lab of run " + dead.run() + " (process " + dead.pid()
                                + ") died; its stack may still serve at " + dead.service() + faultsOf(dead)
                                + ": `lab adopt` takes it over, `lab down` or the next `lab up` removes it"))
                        .orElseGet(() -> UserError.environment(
                                "no lab is up; `lab up` starts one, `lab run kill-one-web` runs an"
                                        + " experiment with its own")));
    }

    private static String faultsOf(Session dead) {
        List<String> faults = new FaultFile(dead.folder())
                .read().stream().map(it -> it.fault() + " of " + it.where()).toList();
        return faults.isEmpty() ? "" : ", hurt by " + String.join(", ", faults);
    }

    Session session() {
        return session;
    }

    /** @throws UserError with the lab's own words if it refuses */
    ControlReply ask(ControlRequest request) {
        try {
            ControlReply reply = new ControlClient(session).ask(request);
            if (!reply.done()) {
                throw UserError.usage(reply.message());
            }
            return reply;
        } catch (IOException failure) {
            throw UserError.environment("the lab (process " + session.pid() + ") does not answer: "
                    + failure.getMessage() + "; `lab adopt` goes on with its stack if it died, `lab down` removes it");
        }
    }

    /** @throws UserError if it has no such instance, with the nearest one */
    EngineContainer container(Engine engine, String instance) {
        List<EngineContainer> containers = engine.containers(session.run());
        return containers.stream()
                .filter(container -> container.name().equals(instance))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names =
                            containers.stream().map(EngineContainer::name).toList();
                    return UserError.usage("expected one of " + String.join(", ", names) + ", found " + instance
                            + Nearest.of(instance, names)
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse(""));
                });
    }
}
