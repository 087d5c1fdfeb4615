package io.failoverlab.bench;

import io.failoverlab.engine.EngineContainer;
import io.failoverlab.fault.Cut;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.Pause;
import java.util.Locale;

/** What happens to the primary of a database. */
public enum DatabaseFault {
    KILL(new Kill()) {
        @Override
        void strike(EngineContainer server) {
            server.signal("KILL");
        }
    },
    PAUSE(new Pause()) {
        @Override
        void strike(EngineContainer server) {
            server.pause();
        }
    },
    /** It is taken off all networks and runs on. */
    CUT(new Cut()) {
        @Override
        void strike(EngineContainer server) {
            server.plugs().forEach(server::unplug);
        }
    };

    private final Fault fault;

    DatabaseFault(Fault fault) {
        this.fault = fault;
    }

    /** For a server of the lab's. */
    Fault fault() {
        return fault;
    }

    /** The same on a server that no lab keeps. */
    abstract void strike(EngineContainer server);

    /** Such as {@code kill}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
