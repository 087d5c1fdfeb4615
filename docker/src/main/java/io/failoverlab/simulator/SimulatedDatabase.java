package io.failoverlab.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Two MySQL servers with semi-synchronous replication, as far as failover can see them. */
final class SimulatedDatabase {
    /** One server. A start leaves it shut, as the lab's image does. */
    static final class Server {
        final String name;
        boolean running = true;
        boolean frozen;
        boolean cut;
        /** Takes writes, if it runs. */
        boolean open;
        /** Applications are let in; to write only if it is open, too. */
        boolean entered;
        /** A write waits for the other server. */
        boolean waits;
        /** Takes what the other one writes. */
        boolean follows;
        /** Makes what it took a part of its data. */
        boolean applies;

        final Set<Integer> data = new HashSet<>();
        /** What it wrote and has told nobody of, since the other server has not acknowledged it. */
        final Set<Integer> waiting = new HashSet<>();
        /** What it took and has not applied; a restart throws it away, since the source is thought to have it. */
        final Set<Integer> received = new HashSet<>();

        Server(String name) {
            this.name = name;
        }

        boolean answers() {
            return running && !frozen && !cut;
        }

        void end() {
            running = false;
            frozen = false;
            entered = false;
            endWaitingUntold();
            follow(false);
        }

        /** It takes no write any more; the clients of those that wait are gone before they end. */
        void endWaitingUntold() {
            waiting.clear();
            waits = false;
            open = false;
        }

        void follow(boolean on) {
            follows = on;
            applies = on;
            received.clear();
        }

        /** False if it does not apply. */
        boolean applyAll() {
            if (!answers() || !applies) {
                return false;
            }
            data.addAll(received);
            received.clear();
            return true;
        }

        void start() {
            running = true;
        }

        void heal() {
            cut = false;
            frozen = false;
            start();
        }
    }

    private final Map<String, Server> servers = new TreeMap<>();
    private final Set<Integer> acknowledged = new HashSet<>();
    private String endpoint = "db-1";
    private int writes;
    private int toldAlone;

    SimulatedDatabase() {
        servers.put("db-1", new Server("db-1"));
        servers.put("db-2", new Server("db-2"));
        server("db-1").open = true;
        server("db-1").entered = true;
        server("db-1").waits = true;
        server("db-2").follow(true);
    }

    Server server(String name) {
        return servers.get(name);
    }

    Server other(Server one) {
        return server(one.name.equals("db-1") ? "db-2" : "db-1");
    }

    List<Server> all() {
        return List.copyOf(servers.values());
    }

    /** The one that the name leads to. */
    Server named() {
        return server(endpoint);
    }

    void lead(String name) {
        endpoint = name;
    }

    Set<Integer> acknowledged() {
        return acknowledged;
    }

    /** How many writes were acknowledged that the other server did not have. */
    int toldAlone() {
        return toldAlone;
    }

    /** Its writes wait no more, and those that did are acknowledged. */
    void release(Server server) {
        acknowledged.addAll(server.waiting);
        toldAlone += server.waiting.size();
        server.waiting.clear();
        server.waits = false;
    }

    /** It gets what its source has, and acknowledges what waits for it. */
    void catchUp(Server source, Server standby) {
        standby.data.addAll(source.data);
        acknowledged.addAll(source.waiting);
        source.waiting.clear();
    }

    /** Somebody who is on the server itself writes there; whether the write was acknowledged. */
    boolean write(Server server) {
        if (!server.running || server.frozen || !server.open) {
            return false;
        }
        int number = writes++;
        server.data.add(number);
        Server standby = other(server);
        boolean received = standby.follows && standby.answers() && !server.cut;
        if (received) {
            standby.received.add(number);
        }
        boolean done = received || !server.waits;
        (done ? acknowledged : server.waiting).add(number);
        toldAlone += done && !received ? 1 : 0;
        return done;
    }

    /** As applications do, under the name. */
    boolean writeByName() {
        Server server = server(endpoint);
        return !server.cut && write(server);
    }

    /** The servers on which a write would be acknowledged. */
    List<String> writable() {
        List<String> found = new ArrayList<>();
        for (Server server : servers.values()) {
            Server standby = other(server);
            boolean received = standby.follows && standby.answers() && !server.cut;
            if (server.running && !server.frozen && server.open && (received || !server.waits)) {
                found.add(server.name);
            }
        }
        return found;
    }
}
