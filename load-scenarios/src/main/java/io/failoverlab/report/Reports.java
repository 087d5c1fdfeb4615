package io.failoverlab.report;

import io.failoverlab.history.History;
import io.failoverlab.history.WholeFile;
import io.failoverlab.verdict.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the reports of a run into its directory: {@code verdict.json}, {@code junit.xml}, {@code summary.md}, {@code
 * series.csv} and {@code report.html}.
 */
public final class Reports {
    private Reports() {}

    /**
     * Replaces those of an earlier judging. The page links Gatling's report if there is one under {@code gatling}.
     *
     * @return the page
     */
    public static Path save(History history, Judgement judgement, Path directory) throws IOException {
        Files.createDirectories(directory);
        WholeFile.write(directory.resolve("verdict.json"), JsonReport.render(history, judgement));
        WholeFile.write(directory.resolve("junit.xml"), JUnitReport.render(history, judgement));
        WholeFile.write(directory.resolve("summary.md"), MarkdownReport.render(history, judgement));
        WholeFile.write(directory.resolve("series.csv"), SeriesCsv.render(history));
        return WholeFile.write(
                directory.resolve("report.html"), HtmlReport.render(history, judgement, gatlingReport(directory)));
    }

    /** Gatling names the folder of its report after the load. */
    private static Optional<String> gatlingReport(Path directory) throws IOException {
        Path parent = directory.resolve("gatling");
        if (!Files.isDirectory(parent)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(parent)) {
            return folders.map(folder -> folder.resolve("index.html"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .map(page -> directory.relativize(page).toString().replace('\\', '/'));
        }
    }
}
