package io.failoverlab.session;

import io.failoverlab.engine.Owner;

/** A second lab was asked for while one is up: they would share addresses. */
public final class LabIsUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LabIsUp(Owner owner) {
        super("expected no lab on this engine, found run " + owner.run() + " (process " + owner.pid() + " on "
                + owner.host() + "); `lab status` shows it, `lab down` takes it down");
    }
}
