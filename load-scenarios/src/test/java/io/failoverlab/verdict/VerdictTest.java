package io.failoverlab.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerdictTest {

    @ParameterizedTest
    @CsvSource(nullValues = "nothing", textBlock = """
            nothing,           UNKNOWN
            PASS,              PASS
            UNKNOWN,           UNKNOWN
            FAIL,              FAIL
            PASS PASS,         PASS
            PASS UNKNOWN,      UNKNOWN
            PASS FAIL,         FAIL
            UNKNOWN FAIL,      FAIL
            FAIL UNKNOWN PASS, FAIL
            """)
    void failBeatsUnknownBeatsPassAndNothingIsUnknown(String verdicts, Verdict expected) {
        List<Verdict> all = verdicts == null
                ? List.of()
                : Arrays.stream(verdicts.split(" ")).map(Verdict::valueOf).toList();

        assertThat(Verdict.of(all)).isEqualTo(expected);
    }
}
