package io.failoverlab.elb;

import io.failoverlab.engine.EngineException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shuts the balancer off from addresses of targets that are gone, without a reload. The address of a dead container answers
 * nobody, so that a connection to it waits for its time-out, and a frozen one answers nothing; with its route made unreachable
 * the kernel refuses a connection at once, and nginx goes on to the next target. Connections that exist are ended in the same
 * moment, which nginx takes as a reason to go on as well.
 *
 * <p>A command takes some hundredths of a second. One about an address holds up no other address: a zone that is lost has
 * several that are gone, and a newcomer is welcomed at the same time.
 */
final class Seclusion {
    /** Runs a line in the balancer's network, with the rights to change it. */
    @FunctionalInterface
    interface Balancer {
        /** @throws EngineException if the balancer does not take it */
        void run(String line);
    }

    /** Its monitor is held while a command about it runs. */
    private static final class Address {
        private volatile boolean wantedShut;
        /** It may be: a command that failed may have made the route before. */
        private boolean shut;
    }

    private final Map<String, Address> addresses = new ConcurrentHashMap<>();
    private volatile Balancer balancer = line -> {
        throw new EngineException("the balancer is not up yet");
    };

    /** The balancer runs, or runs again: routes that were made before are gone with its network. */
    void begin(Balancer running) {
        balancer = running;
        addresses.clear();
    }

    /**
     * The balancer was left by an earlier lab, with what that one shut off.
     *
     * @throws EngineException if the balancer does not take it
     */
    void goOn(Balancer running) {
        begin(running);
        running.run("ip route flush type unreachable");
    }

    /** From now on the address is to be shut off; {@link #shutOff} does it, unless it is pardoned before. */
    void condemn(String address) {
        addresses.computeIfAbsent(address, same -> new Address()).wantedShut = true;
    }

    /**
     * No way to a condemned address any more.
     *
     * @throws EngineException if the balancer does not take it
     */
    void shutOff(String address, Absence absence) {
        Address it = addresses.get(address);
        if (it == null) {
            return;
        }
        synchronized (it) {
            boolean known = addresses.get(address) == it;
            // What a frozen one may still have had ends when it dies.
            if (known && it.wantedShut && (!it.shut || absence == Absence.DEAD)) {
                it.shut = true;
                balancer.run("ip route replace unreachable " + address + "/32 && ss -HK dst " + address
                        + spared(address, absence));
            }
        }
    }

    /** Those that the balancer opened for what may not be repeated: they alone have the kernel's keep-alive timer. */
    private static String spared(String address, Absence absence) {
        return switch (absence) {
            case DEAD -> "";
            case FROZEN ->
                " $(ss -Hton dst " + address
                        + " | sed -n 's/^[^:]*:\\([0-9]*\\) .*timer:(keepalive.*/and sport != :\\1/p')";
        };
    }

    /** The address is not to be shut off any more; {@link #open} undoes what was done, unless it is condemned before. */
    void pardon(String address) {
        Address it = addresses.get(address);
        if (it != null) {
            it.wantedShut = false;
        }
    }

    /**
     * A pardoned address is reached again; does nothing if it never was shut off. Where that fails it can be asked for again.
     *
     * @throws EngineException if the balancer does not take it
     */
    void open(String address) {
        Address it = addresses.get(address);
        if (it == null) {
            return;
        }
        synchronized (it) {
            if (it.shut && !it.wantedShut) {
                // As opposed to `del` it is content if there is no such route.
                balancer.run("ip route flush type unreachable exact " + address + "/32");
                it.shut = false;
            }
        }
    }
}
