package io.failoverlab.report;

import io.failoverlab.history.History;
import io.failoverlab.verdict.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the reports of a run into its directory: {@code verdict.json}, {@code junit.xml} and {@code report.html}. */
public final class Reports {
    private Reports() {}

    /**
     * Replaces those of an earlier judging. The page links Gatling's report if {@code gatling/index.html} is there.
     *
     * @return the page
     */
    public static Path save(History history, Judgement judgement, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("verdict.json"), JsonReport.render(history, judgement));
        Files.writeString(directory.resolve("junit.xml"), JUnitReport.render(history, judgement));
        boolean gatlingReport = Files.exists(directory.resolve("gatling/index.html"));
        return Files.writeString(
                directory.resolve("report.html"), HtmlReport.render(history, judgement, gatlingReport));
    }
}
