package io.failoverlab.cli;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerImages;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineInstaller;
import io.failoverlab.engine.Image;
import io.failoverlab.engine.LabHome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "images",
        description = "List the images that instances are made of.",
        subcommands = ImagesCommand.Build.class)
final class ImagesCommand implements Callable<Integer> {
    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say(failure.getMessage()))) {
            print(images(scheduler).present(), json, terminal);
        }
        return ExitCode.PASS;
    }

    @Command(
            name = "build",
            description = "Build all images from nothing: with newer official images or packages, without a cache.")
    static final class Build implements Callable<Integer> {
        @Mixin
        private JsonOption json = new JsonOption();

        @Override
        public Integer call() {
            Terminal terminal = Terminal.ofProcess();
            try (LabScheduler scheduler = new LabScheduler(failure -> terminal.say(failure.getMessage()))) {
                EngineInstaller.ofThisHost(scheduler, terminal::say).ensure();
                print(images(scheduler).rebuild(terminal::say).all(), json, terminal);
            }
            return ExitCode.PASS;
        }
    }

    private static ContainerImages images(LabScheduler scheduler) {
        return Engine.connect().images(LabHome.find(), scheduler);
    }

    private static void print(List<Image> images, JsonOption json, Terminal terminal) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ROLE", "IMAGE", "VERSION", "BASE", "SIZE"));
        images.forEach(image -> rows.add(List.of(
                image.role().label(),
                image.reference(),
                image.version(),
                image.base(),
                image.bytes() / 1_000_000 + " MB")));
        json.print(rows, terminal);
    }
}
