package io.failoverlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageFilesTest {
    @Test
    void everyFileOfThePageIsServedAndNothingElse() throws Exception {
        Path folder = Path.of(PageFiles.class.getResource("/console/index.html").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            TreeSet<String> own =
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
            own.add("vendor/uPlot.esm.js");
            own.add("vendor/uPlot.min.css");

            assertThat(PageFiles.onClassPath().names()).isEqualTo(own);
        }
    }
}
