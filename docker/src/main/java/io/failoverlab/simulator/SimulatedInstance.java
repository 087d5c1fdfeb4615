package io.failoverlab.simulator;

import io.failoverlab.elb.Target;
import io.failoverlab.topology.Zone;

/** An instance of the simulated engine. */
final class SimulatedInstance {
    final String name;
    final String id;
    final Zone zone;
    final Target target;
    final boolean warm;

    private Life life = Life.STARTING;
    private boolean hung;
    private boolean sick;
    private boolean leaving;
    private long readyAt;

    /** What its container does. */
    enum Life {
        STARTING,
        RUNNING,
        STOPPED,
        DEAD,
        REMOVED
    }

    SimulatedInstance(String name, String id, Zone zone, String address, boolean warm) {
        this.name = name;
        this.id = id;
        this.zone = zone;
        this.warm = warm;
        this.target = new Target(name, id, zone.azName(), address, 8080);
    }

    boolean is(Life wanted) {
        return life == wanted;
    }

    void become(Life next) {
        life = next;
    }

    /** @param ready when its application answers */
    void run(long ready) {
        life = Life.RUNNING;
        readyAt = ready;
    }

    boolean isHung() {
        return hung;
    }

    void hang(boolean on) {
        hung = on;
    }

    boolean isSick() {
        return sick;
    }

    /** Its checks fail, though it runs. */
    void sicken(boolean on) {
        sick = on;
    }

    boolean isLeaving() {
        return leaving;
    }

    void leave(boolean on) {
        leaving = on;
    }

    boolean answers(long now) {
        return life == Life.RUNNING && !hung && !sick && now >= readyAt;
    }

    boolean isReady(long now) {
        return now >= readyAt;
    }
}
