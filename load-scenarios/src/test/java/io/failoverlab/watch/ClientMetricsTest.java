package io.failoverlab.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.simulation.LoadSecond;
import io.failoverlab.simulation.RequestCount;
import io.failoverlab.telemetry.Measurement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClientMetricsTest {
    private static final long SECOND = 1_795_486_154;

    @Test
    void everyLatencyIsToldForEachKindOfRequestAndForAll() {
        LoadSecond second = second(
                new RequestCount("item", 2, 0, map(Map.of("200", 2L)), map(Map.of(4L, 1L, 9L, 1L)), map(Map.of())),
                new RequestCount("order", 1, 1, map(Map.of("201", 2L)), map(Map.of(9L, 2L)), map(Map.of("x", 1L))));

        assertThat(ClientMetrics.of(second).stream().map(ClientMetricsTest::line))
                .containsExactly(
                        "RequestCount {Request=item} Count [2.0] x [1.0]",
                        "ErrorCount {Request=item} Count [0.0] x [1.0]",
                        "Latency {Request=item} Milliseconds [4.0, 9.0] x [1.0, 1.0]",
                        "RequestCount {Request=order} Count [2.0] x [1.0]",
                        "ErrorCount {Request=order} Count [1.0] x [1.0]",
                        "Latency {Request=order} Milliseconds [9.0] x [2.0]",
                        "RequestCount {} Count [4.0] x [1.0]",
                        "ErrorCount {} Count [1.0] x [1.0]",
                        "Latency {} Milliseconds [4.0, 9.0] x [1.0, 3.0]");
    }

    @Test
    void aSecondWithoutAnswersHasNoLatency() {
        assertThat(ClientMetrics.of(second()))
                .extracting(Measurement::name)
                .containsExactly("RequestCount", "ErrorCount");
    }

    @Test
    void moreThanAHundredAndFiftyLatenciesGoIntoSeveralDatapoints() {
        TreeMap<Long, Long> millis = new TreeMap<>();
        LongStream.range(0, 301).forEach(value -> millis.put(value, 1L));
        assertThat(
                        ClientMetrics.of(second(new RequestCount(
                                        "item", 301, 0, map(Map.of("200", 301L)), millis, map(Map.of()))))
                                .stream()
                                .filter(it -> it.name().equals("Latency")
                                        && it.dimensions().isEmpty())
                                .map(it -> it.values().size()))
                .containsExactly(150, 150, 1);
    }

    private static LoadSecond second(RequestCount... requests) {
        return new LoadSecond(SECOND, 4, 4, true, List.of(requests));
    }

    private static <K> TreeMap<K, Long> map(Map<K, Long> map) {
        return new TreeMap<>(map);
    }

    private static String line(Measurement it) {
        assertThat(it.namespace()).isEqualTo("FailoverLab/Client");
        assertThat(it.at()).isEqualTo(Instant.ofEpochSecond(SECOND));
        return it.name() + " " + it.dimensions() + " " + it.unit() + " " + it.values() + " x " + it.counts();
    }
}
