package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.document.InvalidInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectOptionTest {
    @Test
    void sentencesAndPairsSayTheSame() {
        assertThat(ExpectOption.parse(List.of("requests lost <= 5", "experiment completed", "alarmed happens")))
                .isEqualTo(Map.of("requests-lost", "<= 5", "experiment", "completed", "alarmed", "happens"));
        assertThat(ExpectOption.parse(List.of("requests-lost=<=5", "experiment=completed", "alarmed=true")))
                .isEqualTo(Map.of("requests-lost", "<=5", "experiment", "completed", "alarmed", "true"));
    }

    @Test
    void aSecondExpectationOfAFigureIsRefusedWithAllThatCannotBeUnderstood() {
        assertThatThrownBy(() ->
                        ExpectOption.parse(List.of("requests lost = 0", "requests-lost=<=5", "requests losst = 0")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("expected one expectation of requests-lost, found a second one: <=5")
                .hasMessageContaining("unknown figure \"requests losst\"");
    }
}
