package io.failoverlab.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finished runs, from the folder in which {@code runs/EXPERIMENT/TIME} keeps each: {@code GET /runs} lists the newest,
 * {@code GET /runs/EXPERIMENT/TIME/verdict.json} and {@code report.html} tell of one. A report is a page with scripts of its own, so it
 * is served as one that can reach neither this server nor its cookie.
 */
final class RunRoutes {
    private static final int LISTED = 200;
    private static final String VERDICT = "verdict.json";
    private static final String REPORT = "report.html";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,100}");
    private static final String ALONE = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; "
            + "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final JsonMapper JSON = new JsonMapper();

    private final Optional<Path> folder;

    /** @param folder need not exist yet; without one there is no run to show */
    RunRoutes(Optional<Path> folder) {
        this.folder = folder;
    }

    void register(JavalinConfig config) {
        config.routes.get("/runs", this::list);
        config.routes.get("/runs/{experiment}/{time}/{file}", this::file);
    }

    private void list(Context http) {
        List<Path> runs = folder.map(RunRoutes::runs).orElse(List.of());
        ArrayNode listed = JsonNodeFactory.instance.arrayNode();
        runs.stream()
                .sorted(Comparator.comparing((Path run) -> run.getFileName().toString())
                        .reversed())
                .limit(LISTED)
                .forEach(run -> verdict(run)
                        .ifPresent(verdict -> listed.addObject()
                                .put("experiment", run.getParent().getFileName().toString())
                                .put("time", run.getFileName().toString())
                                .put("report", Files.isRegularFile(run.resolve(REPORT)))
                                .set("verdict", verdict)));
        http.contentType("application/json").result(listed.toString());
    }

    /** The folders that hold a verdict; the link to the latest of an experiment is one of the others. */
    private static List<Path> runs(Path folder) {
        return folders(folder).stream()
                .flatMap(experiment -> folders(experiment).stream())
                .filter(run -> Files.isRegularFile(run.resolve(VERDICT), LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    private static List<Path> folders(Path parent) {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .filter(entry ->
                            NAME.matcher(entry.getFileName().toString()).matches())
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static Optional<JsonNode> verdict(Path run) {
        try {
            return Optional.of(JSON.readTree(Files.readString(run.resolve(VERDICT))))
                    .filter(JsonNode::isObject);
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private void file(Context http) throws IOException {
        Optional<Path> file = found(http.pathParam("experiment"), http.pathParam("time"), http.pathParam("file"));
        if (file.isEmpty()) {
            http.status(HttpStatus.NOT_FOUND)
                    .contentType("text/plain")
                    .result("There is no such file of a finished run here; all of them are under "
                            + folder.map(Path::toString).orElse("no folder: this monitor has no --runs") + ".\n");
            return;
        }
        boolean report = http.pathParam("file").equals(REPORT);
        if (report) {
            http.header("Content-Security-Policy", ALONE);
        }
        http.contentType(report ? "text/html; charset=utf-8" : "application/json")
                .result(Files.readAllBytes(file.get()));
    }

    /** Only what a run keeps for this, and nothing that a link leads to. */
    private Optional<Path> found(String experiment, String time, String file) {
        boolean named =
                Stream.of(experiment, time).allMatch(name -> NAME.matcher(name).matches())
                        && (file.equals(VERDICT) || file.equals(REPORT));
        if (folder.isEmpty() || !named) {
            return Optional.empty();
        }
        Path run = folder.get().resolve(experiment).resolve(time);
        boolean own = Files.isDirectory(run.getParent(), LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(run.resolve(file), LinkOption.NOFOLLOW_LINKS);
        return own ? Optional.of(run.resolve(file)) : Optional.empty();
    }
}
