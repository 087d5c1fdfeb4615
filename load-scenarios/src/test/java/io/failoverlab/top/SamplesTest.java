package io.failoverlab.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {
    @ParameterizedTest
    @ValueSource(strings = {"AWS/ApplicationELB", "AWS/NetworkELB"})
    void hostsAreCountedByEitherTypeOfBalancer(String namespace) throws Exception {
        String series = """
                {"namespace": "%s", "metricName": "%s", "dimensions": {"LoadBalancer": "x/lb/1", "TargetGroup": "t"},
                 "unit": "Count", "points": [[7, 1, %d, %d, %d, null, null]]}""";
        String tick = "{\"seconds\": [7], \"series\": [" + series.formatted(namespace, "HealthyHostCount", 2, 2, 2)
                + "," + series.formatted(namespace, "UnHealthyHostCount", 1, 1, 1) + "]}";

        assertThat(Samples.of(new ObjectMapper().readTree(tick)))
                .isEqualTo(Map.of(7L, Map.of("hosts.healthy", 2.0, "hosts.unhealthy", 1.0)));
    }
}
