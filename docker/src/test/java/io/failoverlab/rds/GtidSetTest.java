package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GtidSetTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a:1-5:8,\\nb:1   | a:1-5:8,b:1
            a:1-5,a:4-9      | a:1-9
            a:1-3,a:4        | a:1-4
            a:1:3:5,a:2-4    | a:1-5
            a:5,a:1-9        | a:1-9
            a:1-2:tag:7-8    | a:1-2,a:tag:7-8
            """)
    void isReadAsMySqlWritesIt(String text, String set) {
        assertThat(GtidSet.parse(text.replace("\\n", "\n"))).hasToString(set);
    }

    @Test
    void nothingIsAnEmptySet() {
        assertThat(GtidSet.parse("").isEmpty()).isTrue();
        assertThat(GtidSet.parse(",").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a:1-9     | a:1-9         | true
            a:1-9     | a:3:5-6       | true
            a:1-9,b:1 | b:1           | true
            a:1-9     | ''            | true
            ''        | ''            | true
            a:1-9     | a:1-10        | false
            a:2-9     | a:1           | false
            a:1-4:6-9 | a:3-7         | false
            a:1-9     | a:1-3,b:1     | false
            ''        | a:1           | false
            """)
    void hasAllOfAnotherOrNot(String set, String other, boolean all) {
        assertThat(GtidSet.parse(set).containsAll(GtidSet.parse(other))).isEqualTo(all);
    }

    @Test
    void theOwnersOfTransactionsAreTakenOutOfTheSet() {
        String owned = """
                3e11fa47-71ca-11e1-9e33-c80aa9429562:23#31:24#7,
                5c2b1a00-71ca-11e1-9e33-c80aa9429562:5#32""";

        assertThat(GtidSet.withoutOwners(owned))
                .isEqualTo("3e11fa47-71ca-11e1-9e33-c80aa9429562:23:24,5c2b1a00-71ca-11e1-9e33-c80aa9429562:5");
        assertThat(GtidSet.withoutOwners("")).isEmpty();
    }
}
