package io.failoverlab.fis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALL          | 5 | 5
            ALL          | 0 | 0
            COUNT(1)     | 5 | 1
            COUNT(5)     | 5 | 5
            COUNT(9)     | 5 | 5
            PERCENT(50)  | 5 | 2
            PERCENT(5)   | 4 | 0
            PERCENT(100) | 3 | 3
            """)
    void asManyAreChosenAsFisWould(String mode, int fitting, int chosen) {
        List<Integer> all = IntStream.range(0, fitting).boxed().toList();

        List<Integer> picked = Selection.parse(mode).choose(all, 42);

        assertThat(picked).hasSize(chosen).doesNotHaveDuplicates().isSorted();
        assertThat(all).containsAll(picked);
        assertThat(Selection.parse(mode)).hasToString(mode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"all", "COUNT(0)", "COUNT()", "COUNT(-1)", "PERCENT(0)", "PERCENT(101)", "PERCENT(50%)", ""})
    void otherFormsAreRefused(String mode) {
        assertThatThrownBy(() -> Selection.parse(mode))
                .hasMessageStartingWith("expected ALL, COUNT(n) with n of 1 or more, or PERCENT(n) with n of 1 to 100");
    }
}
