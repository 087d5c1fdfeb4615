package io.failoverlab.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadEventTest {
    private final LoadEvent.Codec codec = new LoadEvent.Codec();

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("{\"type\":\"started\",\"epochMillis\":1000500}", new LoadEvent.Started(1_000_500)),
                Arguments.of(
                        "{\"type\":\"second\",\"epochSecond\":1002,\"scheduled\":10,\"started\":9,\"judged\":true,"
                                + "\"requests\":[{\"name\":\"order\",\"ok\":1,\"ko\":2,"
                                + "\"statuses\":{\"201\":1,\"502\":1,\"none\":1},"
                                + "\"millis\":{\"3\":2,\"5\":1},"
                                + "\"errors\":{\"Premature close\":2}}]}",
                        new LoadSecond(
                                1002,
                                10,
                                9,
                                true,
                                List.of(new RequestCount(
                                        "order",
                                        1,
                                        2,
                                        new TreeMap<>(Map.of("201", 1L, "502", 1L, "none", 1L)),
                                        new TreeMap<>(Map.of(3L, 2L, 5L, 1L)),
                                        new TreeMap<>(Map.of("Premature close", 2L)))))),
                Arguments.of(
                        "{\"type\":\"finished\",\"exit\":0,\"ending\":\"COMPLETED\",\"report\":\"gatling/x/index.html\"}",
                        new LoadEvent.Finished(0, LoadResult.Ending.COMPLETED, "gatling/x/index.html")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void anEventIsOneLineOfJson(String line, LoadEvent event) throws Exception {
        assertThat(codec.line(event)).isEqualTo(line);
        assertThat(codec.event(line)).isEqualTo(event);
    }
}
