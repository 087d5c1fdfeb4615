package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {
    private static final Row ALERT =
            Row.ofPeer(Figure.ALARM, "Prometheus + Alertmanager", new Spread(20, 516, 830, 1081, 1081), 20);
    private static final Row CPU = Row.ofPeer(Figure.CPU, "Prometheus", new Spread(6, 0.4, 0.5, 0.6, 0.6), 6);

    @TempDir
    private Path folder;

    private static BenchReport report(Row... rows) {
        return new BenchReport(
                List.of(rows), List.of("A note."), Map.of("java", "25"), "./lab bench monitor --kills 20");
    }

    private static List<String> cells(Row row) {
        return report(row).table().get(1);
    }

    @Test
    void theMonitorStandsBesideItsPeerWithTheirRatio() {
        Row alarm = Row.beside(ALERT, "monitor", new Spread(20, 41.2, 83, 120.6, 120.6), 20);
        assertThat(report(alarm, ALERT).table())
                .containsExactly(
                        List.of("FIGURE", "UNIT", "OF", "MIN", "MEDIAN", "P99", "MAX", "COUNT", "RATIO", "AIM", ""),
                        List.of(
                                "Instance killed to webhook received",
                                "ms",
                                "monitor",
                                "41.2",
                                "83",
                                "121",
                                "121",
                                "20",
                                "0.100",
                                "median <= 250",
                                "met"),
                        List.of(
                                "Instance killed to webhook received",
                                "ms",
                                "Prometheus + Alertmanager",
                                "516",
                                "830",
                                "1081",
                                "1081",
                                "20",
                                "-",
                                "-",
                                ""));
    }

    @Test
    void anAimOnTheRatioIsMissedAboveIt() {
        assertThat(cells(Row.beside(CPU, "monitor", new Spread(6, 0.4, 0.51, 0.9, 0.9), 6)))
                .endsWith("1.02", "ratio <= 1", "missed");
        assertThat(cells(Row.beside(CPU, "monitor", new Spread(6, 0.4, 0.5, 0.9, 0.9), 6)))
                .endsWith("1", "ratio <= 1", "met");
    }

    @Test
    void aPeerThatNeedsNothingHasNoRatioAndTheAimIsMissed() {
        Row nothing = Row.ofPeer(Figure.CPU, "Prometheus", new Spread(6, 0, 0, 0, 0), 6);
        assertThat(cells(Row.beside(nothing, "monitor", new Spread(6, 0, 0, 0, 0), 6)))
                .endsWith("-", "ratio <= 1", "missed");
    }

    @Test
    void aMeasurementThatFailedMissesTheAim() {
        assertThat(cells(Row.beside(ALERT, "monitor", new Spread(19, 41, 83, 121, 121), 20)))
                .endsWith("19 of 20", "0.100", "median <= 250", "missed");
    }

    @Test
    void aimsOnPercentileAndRate() {
        assertThat(cells(Row.alone(Figure.GET, "monitor", new Spread(200, 10, 20, 50, 90))))
                .endsWith("-", "p99 <= 50", "met");
        assertThat(cells(Row.alone(Figure.GET, "monitor", new Spread(200, 10, 20, 50.1, 90))))
                .endsWith("-", "p99 <= 50", "missed");
        assertThat(cells(Row.alone(Figure.PUT, "monitor", new Spread(10, 90_000, 100_000, 120_000, 120_000))))
                .endsWith("-", "median >= 100000", "met");
        assertThat(cells(Row.alone(Figure.PUT, "monitor", new Spread(10, 90_000, 99_999, 120_000, 120_000))))
                .endsWith("-", "median >= 100000", "missed");
    }

    @Test
    void moreMeasurementsThanAttemptsAreRefused() {
        assertThatThrownBy(() -> Row.ofPeer(Figure.ALARM, "Prometheus", new Spread(20, 1, 1, 1, 1), 19))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a subject and at least 20 attempts, found 'Prometheus' and 19");
    }

    @Test
    void theFileHoldsTheSame() throws IOException {
        Path file = folder.resolve("figures.json");
        report(Row.beside(CPU, "monitor", new Spread(6, 0.4, 0.45, 0.9, 0.9), 6), CPU)
                .write(file);
        JsonNode expected = new ObjectMapper().readTree("""
                {"figures": [
                   {"figure": "CPU", "title": "CPU while scraping", "unit": "% of a core", "of": "monitor",
                    "min": 0.4, "median": 0.45, "p99": 0.9, "max": 0.9, "count": 6, "attempts": 6, "ratio": 0.9,
                    "aim": "ratio <= 1", "aimMet": true},
                   {"figure": "CPU", "title": "CPU while scraping", "unit": "% of a core", "of": "Prometheus",
                    "min": 0.4, "median": 0.5, "p99": 0.6, "max": 0.6, "count": 6, "attempts": 6}],
                 "notes": ["A note."], "versions": {"java": "25"}, "repeat": "./lab bench monitor --kills 20"}
                """);
        assertThat(new ObjectMapper().readTree(file.toFile())).isEqualTo(expected);
    }
}
