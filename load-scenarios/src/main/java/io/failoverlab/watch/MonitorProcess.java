package io.failoverlab.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The monitor in a process of its own, a child of this one: it ends with it, even if this one is killed. */
public final class MonitorProcess implements AutoCloseable {
    static final String STORE = "metrics.db";

    private final Process process;
    private final URI url;
    private final Settings settings;

    private MonitorProcess(Process process, URI url, Settings settings) {
        this.process = process;
        this.url = url;
        this.settings = settings;
    }

    /**
     * What to start it with.
     *
     * @param home folder of the installation
     * @param port on 127.0.0.1; 0 takes any free one
     * @param folder for the store, the list of scrape targets and the log
     * @param webhook told of every change of an alarm, if there is one
     * @param console what its page shows and does beside, for those who have its token; without it everybody on this machine may
     *     use it
     */
    public record Settings(Path home, int port, Path folder, Optional<URI> webhook, Optional<Console> console) {
        /** A monitor alone, for everybody on this machine. */
        public Settings(Path home, int port, Path folder, Optional<URI> webhook) {
            this(home, port, folder, webhook, Optional.empty());
        }

        Path log() {
            return folder.resolve("monitor.log");
        }

        Path scrapeTargets() {
            return folder.resolve("scrape-targets.json");
        }
    }

    /**
     * What the page shows and does beside.
     *
     * @param lab the socket behind which the lab takes its actions
     * @param runs folder of the finished runs
     * @param policy statements about what each role may do, if there are some
     */
    public record Console(Path lab, Path runs, Optional<Path> policy) {
        private List<String> options() {
            List<String> options =
                    new ArrayList<>(List.of("--require-token", "--lab", lab.toString(), "--runs", runs.toString()));
            policy.ifPresent(file -> options.addAll(List.of("--policy", file.toString())));
            return options;
        }
    }

    /**
     * Starts it and waits until it serves.
     *
     * @throws MonitorFailed if it ends instead, with the last lines of its log
     */
    public static MonitorProcess start(Settings settings, List<ScrapeTarget> targets) {
        try {
            Files.createDirectories(settings.folder());
            Path scrape = ScrapeTarget.write(targets, settings.scrapeTargets());
            Process process = MonitorCommandLine.process()
                    .command(command(settings, scrape))
                    .redirectError(settings.log().toFile())
                    .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            String line = output.readLine();
            if (line == null) {
                process.waitFor(5, TimeUnit.SECONDS);
                throw MonitorFailed.withLog("the monitor ended before it served", settings.log());
            }
            JsonNode ready = new ObjectMapper().readTree(line);
            return new MonitorProcess(process, URI.create(ready.path("url").asText()), settings);
        } catch (IOException failure) {
            throw new MonitorFailed("the monitor could not be started: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MonitorFailed("interrupted while the monitor started", interrupted);
        }
    }

    private static List<String> command(Settings settings, Path scrapeTargets) {
        List<String> command = MonitorCommandLine.of(settings.home());
        command.addAll(List.of(
                "--port",
                Integer.toString(settings.port()),
                "--store",
                settings.folder().resolve(STORE).toString(),
                "--timing",
                "lab",
                "--scrape-targets",
                scrapeTargets.toString(),
                "--exit-with-parent"));
        settings.webhook().ifPresent(url -> command.addAll(List.of("--webhook", url.toString())));
        settings.console().ifPresent(console -> command.addAll(console.options()));
        return command;
    }

    /** What the operating system knows it by. */
    public long pid() {
        return process.pid();
    }

    /** Has it scrape other targets from its next round on. */
    public void scrape(List<ScrapeTarget> targets) {
        try {
            ScrapeTarget.write(targets, settings.scrapeTargets());
        } catch (IOException failure) {
            throw new MonitorFailed(
                    "the list of scrape targets could not be written: " + failure.getMessage(), failure);
        }
    }

    /** Where the page and the API are. */
    public URI url() {
        return url;
    }

    /** What its clients need, if it was started with a console. */
    public MonitorAccess access() {
        return new MonitorAccess(url, MonitorAccess.tokenFile(settings.folder()));
    }

    /** Ends it; it saves its store first. */
    @Override
    public void close() {
        try {
            process.outputWriter().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
