package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PercentileTest {

    /** Of the values 1 to n. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            1,    1,   1
            1,    99,  1
            1,    100, 1
            2,    50,  1
            2,    51,  2
            100,  99,  99
            101,  99,  100
            200,  99,  198
            200,  100, 200
            """)
    void theNearestRankIsTaken(int values, int percent, int expected) {
        assertThat(Percentile.of(IntStream.rangeClosed(1, values).boxed().toList(), percent))
                .isEqualTo(expected);
    }
}
