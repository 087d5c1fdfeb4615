package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Spread.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 3, 5, 5));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(4, 1, 3, 9, 9));
    }

    @Test
    void oneMeasurementIsEverything() {
        assertThat(Spread.of(List.of(7.5))).isEqualTo(new Spread(1, 7.5, 7.5, 7.5, 7.5));
    }

    @Test
    void ofTwoHundredTwoMayBeAboveTheNinetyNinthPercentile() {
        List<Double> values =
                IntStream.rangeClosed(1, 200).mapToObj(i -> (double) i).toList();
        assertThat(Spread.of(values)).isEqualTo(new Spread(200, 1, 100.5, 198, 200));
    }

    @Test
    void whatWasNotMeasuredHasNoSpread() {
        assertThatThrownBy(() -> Spread.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected one or more finite numbers, found []");
        assertThatThrownBy(() -> Spread.of(List.of(1.0, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected one or more finite numbers, found [1.0, NaN]");
    }

    @Test
    void numbersThatAreInNoOrderAreRefused() {
        assertThatThrownBy(() -> new Spread(3, 2, 1, 3, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
