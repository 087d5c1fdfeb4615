package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.BrowserInstaller;
import io.failoverlab.engine.ClientInstaller;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineException;
import io.failoverlab.engine.EngineInstaller;
import io.failoverlab.engine.Images;
import io.failoverlab.engine.LabHome;
import io.failoverlab.engine.PrometheusInstaller;
import io.failoverlab.engine.StraceInstaller;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The part of {@code lab test} before Maven: installs what the tests need, and says which cannot run without it. */
@Command(
        name = "test-setup",
        hidden = true,
        description = "Prepare engine, images, browser, Prometheus, AWS clients and strace for the tests.")
final class TestSetupCommand implements Callable<Integer> {
    private final Terminal terminal = Terminal.ofProcess();

    @Override
    public Integer call() {
        try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say(failure.getMessage()))) {
            boolean engine = prepared("all that need containers", () -> {
                EngineInstaller.ofThisHost(scheduler, terminal::say).ensure();
                terminal.say("engine: " + Engine.connect().version());
            });
            if (engine) {
                prepared("all that need containers", () -> {
                    Images images =
                            Engine.connect().images(LabHome.find(), scheduler).ensure(terminal::say);
                    terminal.say("images: nginx %s, MySQL %s, Java %s"
                            .formatted(
                                    images.nginx().version(),
                                    images.mysql().version(),
                                    images.web().version()));
                });
            }
            prepared("those of the page", () -> {
                BrowserInstaller.ofThisHost(terminal::say).ensure();
                terminal.say("browser: there");
            });
            prepared("those beside Prometheus", () -> {
                PrometheusInstaller.ofThisHost(LabHome.find(), terminal::say).ensure();
                terminal.say("prometheus: there");
            });
            prepared("those of the monitor's API with foreign clients", () -> {
                ClientInstaller.ofThisHost(LabHome.find(), terminal::say).ensure();
                terminal.say("clients: there");
            });
            prepared("those of the monitor on a disk that fails", () -> {
                StraceInstaller.ofThisHost(terminal::say).ensure();
                terminal.say("strace: there");
            });
        }
        return ExitCode.PASS;
    }

    /** What is missing here is no reason not to run the other tests; the count at the end tells. */
    private boolean prepared(String tests, Runnable preparation) {
        try {
            preparation.run();
            return true;
        } catch (EngineException missing) {
            terminal.say(missing.getMessage());
            terminal.say("tests that cannot run therefore: " + tests);
            return false;
        }
    }
}
