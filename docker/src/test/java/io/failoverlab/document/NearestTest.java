package io.failoverlab.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kill-one-wbe   | kill-one-web cpu-stress         | kill-one-web
            Cpu-Stress     | kill-one-web cpu-stress         | cpu-stress
            zne            | zone name                       | zone
            web-1b         | lb db-1 web-1a web-1c           | web-1a
            intervall      | interval timeout                | interval
            t3.smal        | t3.small t2.small               | t3.small
            b              | a c                             |
            flood          | kill-one-web cpu-stress         |
            name           |                                 |
            """)
    void theNameWithTheFewestEditsIsMeant(String word, String candidates, String nearest) {
        List<String> known = candidates == null ? List.of() : Arrays.asList(candidates.split(" "));
        assertThat(Nearest.of(word, known).orElse(null)).isEqualTo(nearest);
    }

    @Test
    void theHintNamesTheNearestOrElseAllThatIsKnown() {
        assertThat(Nearest.hint("tuend", List.of("tuned", "plain"))).isEqualTo("did you mean \"tuned\"?");
        assertThat(Nearest.hint("x", List.of("tuned", "plain"))).isEqualTo("known: tuned, plain");
        assertThat(Nearest.hint("x", List.of())).isEmpty();
    }
}
