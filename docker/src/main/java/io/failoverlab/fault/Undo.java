package io.failoverlab.fault;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.EngineContainer.Plug;
import java.util.List;

/**
 * How a fault on one instance is undone: data, so that it can be written down before the fault acts, and carried out by a lab
 * that did not inject it. Does no harm where there is nothing to undo, as when a lab died before the fault acted.
 */
public sealed interface Undo {
    /** The name of the instance. */
    String instance();

    /**
     * Carries it out.
     *
     * @return what was seen then
     */
    String on(Ec2Instance instance);

    /** Undoes an instance's end. */
    record Start(String instance) implements Undo {
        @Override
        public String on(Ec2Instance it) {
            it.start();
            return "the instance was started again with its address";
        }
    }

    /** Undoes the freezing of all its processes. */
    record Resume(String instance) implements Undo {
        @Override
        public String on(Ec2Instance it) {
            it.resume();
            return "its processes go on";
        }
    }

    /** Undoes SIGSTOP to a process. */
    record Continue(String instance, long pid) implements Undo {
        @Override
        public String on(Ec2Instance it) {
            if (it.passesStatusChecks()) {
                it.run("sh", "-c", "kill -CONT " + pid);
            }
            return "process " + pid + " goes on";
        }
    }

    /** Undoes the end of a process that only a boot starts. */
    record Reboot(String instance, long pid) implements Undo {
        @Override
        public String on(Ec2Instance it) {
            if (it.passesStatusChecks() && it.processes().stream().anyMatch(process -> process.pid() == pid)) {
                return "process " + pid + " runs";
            }
            it.reboot();
            return "the instance was rebooted";
        }
    }

    /** Undoes a file by which the application is made slow. */
    record Delete(String instance, String file) implements Undo {
        @Override
        public String on(Ec2Instance it) {
            if (it.passesStatusChecks()) {
                it.run("rm", "-f", file);
            }
            return file + " is gone";
        }
    }

    /** Undoes the loss of networks; in their order, since the first one is the instance's own subnet. */
    record PlugIn(String instance, List<Plug> plugs) implements Undo {
        public PlugIn {
            plugs = List.copyOf(plugs);
        }

        @Override
        public String on(Ec2Instance it) {
            List<Plug> there = it.container().plugs();
            plugs.stream().filter(plug -> !there.contains(plug)).forEach(it.container()::plugIn);
            return "it is on its networks again with its addresses";
        }
    }

    /**
     * Undoes processes that eat the processor; {@code timeout} passes the signal on to its {@code yes}.
     *
     * @param file where the ids of the processes are
     */
    record EndStress(String instance, String file) implements Undo {
        @Override
        public String on(Ec2Instance it) {
            if (!it.passesStatusChecks()) {
                return "the instance no longer runs, and so do they";
            }
            it.run("sh", "-c", "kill $(cat " + file + ") 2>/dev/null; rm -f " + file);
            return CpuStress.running(it) + " `yes` left in the instance";
        }
    }
}
