package io.failoverlab.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.LabHome;
import io.failoverlab.experiment.ExperimentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what there is. */
class ReadmeTest {
    private static final Path HOME = LabHome.find().folder();

    private static String readme() throws IOException {
        return Files.readString(HOME.resolve("README.md"));
    }

    @Test
    void itsTestIsOneThatIsCompiled() throws IOException {
        String source =
                Files.readString(HOME.resolve("load-scenarios/src/test/java/io/failoverlab/junit/ShopFailoverIT.java"));
        String example = source.substring(
                        source.indexOf("// the example begins\n") + "// the example begins\n".length(),
                        source.indexOf("    // the example ends"))
                .replace("    @Order(1)\n", "");

        assertThat(readme()).contains("```java\n" + example + "}\n```");
    }

    @Test
    void itHasEveryBuiltInExperimentWithItsQuestion() throws IOException {
        for (String name : ExperimentFile.builtIn()) {
            assertThat(readme()).contains("| `" + name + "` | " + ExperimentFile.question(name) + " |");
        }
    }
}
