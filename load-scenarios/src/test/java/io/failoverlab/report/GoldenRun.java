package io.failoverlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.History;
import io.failoverlab.history.HistoryStore;
import io.failoverlab.verdict.Judge;
import io.failoverlab.verdict.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small run in the test resources, and what its reports looked like when somebody last looked at them. */
final class GoldenRun {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden-run");

    private GoldenRun() {}

    static History history() throws IOException {
        return HistoryStore.load(DIRECTORY);
    }

    static Judgement judgement() throws IOException {
        return Judge.judge(history());
    }

    /** Where a report is meant to change: look at the new one, then copy it over the old one. */
    static void assertGolden(String file, String actual) throws IOException {
        Path written = Files.createDirectories(Path.of("target/golden-run")).resolve(file);
        Files.writeString(written, actual);
        assertThat(written)
                .as("is it meant to change? then: cp %s %s", written, DIRECTORY.resolve(file))
                .hasSameTextualContentAs(DIRECTORY.resolve(file));
    }
}
