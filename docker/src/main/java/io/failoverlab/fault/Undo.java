package io.failoverlab.fault;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.ContainerState;
import io.failoverlab.engine.EngineContainer.Plug;
import io.failoverlab.engine.ExecResult;
import java.util.List;

/**
 * How a fault on one instance is undone: data, so that it can be written down before the fault acts, and carried out by a lab
 * that did not inject it. Does no harm where there is nothing to undo, as when a lab died before the fault acted. Each looks
 * whether it is undone then, and throws {@link NotUndone} if not.
 */
public sealed interface Undo {
    /** The name of the instance. */
    String instance();

    /** By what is done to the instance itself; where it is there no more, there is nothing to undo. */
    sealed interface OfInstance extends Undo {
        /**
         * Carries it out.
         *
         * @return what was seen then
         */
        String on(Ec2Instance instance);
    }

    /** Through a service of the stack. */
    sealed interface OfService extends Undo {
        /**
         * Carries it out.
         *
         * @return what was seen then
         */
        String on(Services services);
    }

    /**
     * Whether it runs: off all networks, too.
     *
     * @throws NotUndone if it is paused, so that nothing can be done in it
     */
    private static boolean runs(Ec2Instance it) {
        ContainerState state = it.container().state();
        if (state.running() && state.paused()) {
            throw new NotUndone(
                    it.name() + " is paused, and nothing in it can be undone; `lab resume " + it.name() + "` goes on");
        }
        return state.running();
    }

    private static String seen(boolean undone, String then, String otherwise) {
        if (!undone) {
            throw new NotUndone(otherwise);
        }
        return then;
    }

    /** Undoes an instance's end. */
    record Start(String instance) implements OfInstance {
        @Override
        public String on(Ec2Instance it) {
            ContainerState state = it.container().state();
            if (state.running() && !state.paused()) {
                return "the instance runs";
            }
            it.start();
            return seen(
                    it.container().state().running(),
                    "the instance was started again with its address",
                    instance + " was started and does not run");
        }
    }

    /** Undoes the freezing of all its processes. */
    record Resume(String instance) implements OfInstance {
        @Override
        public String on(Ec2Instance it) {
            it.resume();
            return seen(!it.container().state().paused(), "its processes go on", instance + " is paused still");
        }
    }

    /** Undoes SIGSTOP to a process. */
    record Continue(String instance, long pid) implements OfInstance {
        @Override
        public String on(Ec2Instance it) {
            if (runs(it)) {
                it.run("sh", "-c", "kill -CONT " + pid);
                String state =
                        it.run("ps", "-o", "stat=", "-p", Long.toString(pid)).stdout();
                return seen(
                        !state.startsWith("T"), "process " + pid + " goes on", "process " + pid + " is stopped still");
            }
            return "process " + pid + " goes on";
        }
    }

    /** Undoes the end of a process that only a boot starts. */
    record Reboot(String instance, long pid) implements OfInstance {
        @Override
        public String on(Ec2Instance it) {
            if (runs(it) && it.processes().stream().anyMatch(process -> process.pid() == pid)) {
                return "process " + pid + " runs";
            }
            it.reboot();
            return seen(
                    it.container().state().running(),
                    "the instance was rebooted",
                    instance + " was rebooted and does not run");
        }
    }

    /** Undoes a file: one by which the application is made slow, or one that fills a file system. */
    record Delete(String instance, String file) implements OfInstance {
        @Override
        public String on(Ec2Instance it) {
            if (runs(it)) {
                ExecResult deleted = it.run("sh", "-c", "rm -f \"$1\" && ! test -e \"$1\"", "delete", file);
                return seen(
                        deleted.exitCode() == 0,
                        file + " is gone",
                        file + " in " + instance + " could not be deleted: "
                                + deleted.stderr().strip());
            }
            // What is in memory ends with the instance.
            return seen(
                    file.startsWith("/tmp/"),
                    file + " is gone",
                    instance + " does not run, and " + file + " can only be deleted while it does; `lab start "
                            + instance + "` starts it");
        }
    }

    /** Undoes the loss of networks; in their order, since the first one is the instance's own subnet. */
    record PlugIn(String instance, List<Plug> plugs) implements OfInstance {
        public PlugIn {
            plugs = List.copyOf(plugs);
        }

        @Override
        public String on(Ec2Instance it) {
            List<Plug> there = it.container().plugs();
            plugs.stream().filter(plug -> !there.contains(plug)).forEach(it.container()::plugIn);
            return seen(
                    it.container().plugs().containsAll(plugs),
                    "it is on its networks again with its addresses",
                    instance + " is not on all its networks yet");
        }
    }

    /**
     * Undoes processes that the lab runs in an instance.
     *
     * @param file where their ids are
     * @param leftovers beginning of the names of files that they may leave; empty if they leave none
     */
    record EndStress(String instance, String file, String leftovers) implements OfInstance {
        static EndStress of(Workers workers, String leftovers) {
            return new EndStress(workers.instance().name(), workers.file(), leftovers);
        }

        @Override
        public String on(Ec2Instance it) {
            if (!runs(it)) {
                return "the instance no longer runs, and so do they";
            }
            int left = new Workers(it, file).end();
            it.run("sh", "-c", "rm -f " + file + (leftovers.isEmpty() ? "" : " " + leftovers + "*"));
            return seen(left == 0, "none of the processes is left", left + " of the processes run on in " + instance);
        }
    }

    /**
     * Undoes rules of the packet filter. They go with the instance's network when it stops.
     *
     * @param mark that they bear
     */
    record RemoveRules(String instance, String mark) implements OfInstance {
        @Override
        public String on(Ec2Instance it) {
            if (!it.container().state().running()) {
                return "the instance no longer runs, and its rules are gone";
            }
            ExecResult removed = NetworkFault.run(it, Marked.REMOVE, mark);
            return seen(
                    removed.exitCode() == 0,
                    "the rules are gone; packets that they hit: "
                            + removed.stdout().strip(),
                    "rules of " + mark + " are left in the network of " + instance + ": "
                            + (removed.stdout() + removed.stderr()).strip());
        }
    }

    /**
     * Undoes a relay that holds back what an instance answers: new connections go past it at once, and it ends once nobody waits
     * for anything on the others.
     *
     * @param mark of the rules that lead to it
     * @param port where it listens
     */
    record EndRelay(String instance, String mark, int port) implements OfInstance {
        @Override
        public String on(Ec2Instance it) {
            if (!it.container().state().running()) {
                return "the instance no longer runs, and its relay ends";
            }
            ExecResult ended = NetworkFault.run(it, LatencyByRelay.END, mark, Integer.toString(port));
            return seen(
                    ended.exitCode() == 0,
                    "its answers are in time",
                    "answers of " + instance + " are late still: " + (ended.stdout() + ended.stderr()).strip());
        }
    }

    /** Undoes the delay of what an instance sends. */
    record RemoveDelay(String instance) implements OfInstance {
        private static final String REMOVE = """
                for d in $(tc qdisc show | sed -n 's/^qdisc netem .* dev \\([a-z0-9]*\\) .*/\\1/p'); do
                    tc qdisc del dev "$d" root
                done
                ! tc qdisc show | grep netem
                """;

        @Override
        public String on(Ec2Instance it) {
            if (!it.container().state().running()) {
                return "the instance no longer runs, and nothing of it is late";
            }
            ExecResult removed = NetworkFault.run(it, REMOVE);
            return seen(
                    removed.exitCode() == 0,
                    "its packets are in time",
                    "packets of " + instance + " are late still: "
                            + removed.stdout().strip());
        }
    }

    /** Undoes that a standby applies late. */
    record ApplyAtOnce(String instance) implements OfInstance {
        @Override
        public String on(Ec2Instance it) {
            if (!runs(it)) {
                return seen(false, "", instance + " does not run, and applies late still once it does");
            }
            String delay = ReplicaLag.set(it, 0);
            return seen(
                    delay.isEmpty() || delay.equals("0"),
                    delay.isEmpty() ? "it is no standby any more" : "it applies at once",
                    instance + " applies " + delay + " s late still");
        }
    }

    /** Of what was over once it was done. */
    record Nothing(String instance) implements OfService {
        @Override
        public String on(Services services) {
            return "it is over";
        }
    }

    /** Undoes the taking of a database's connections. */
    record GiveConnections(String instance) implements OfService {
        @Override
        public String on(Services services) {
            return services.giveConnections(instance);
        }
    }

    /** Undoes that a database's name leads to where it led. */
    record ReleaseName(String instance) implements OfService {
        @Override
        public String on(Services services) {
            return services.releaseName(instance);
        }
    }
}
