package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DbMetricsTest {
    private static final Instant AT = Instant.parse("2026-11-24T02:00:00Z");
    private static final Measurement CPU =
            Measurement.of("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-d"), "Percent", AT, 12.5);
    private static final Measurement NETWORK =
            Measurement.of("AWS/EC2", "NetworkIn", Map.of("InstanceId", "i-d"), "Bytes", AT, 100);

    @Test
    void theServersCpuIsRdssToo() {
        List<Measurement> measured = new ArrayList<>();
        new DbMetrics("db-1", new Telemetry() {
                    @Override
                    public void measured(List<Measurement> measurements) {
                        measured.addAll(measurements);
                    }

                    @Override
                    public void happened(StackEvent event) {}
                })
                .measured(List.of(CPU, NETWORK));

        assertThat(measured)
                .isEqualTo(List.of(
                        CPU,
                        NETWORK,
                        Measurement.of(
                                "AWS/RDS",
                                "CPUUtilization",
                                Map.of("DBInstanceIdentifier", "db-1"),
                                "Percent",
                                AT,
                                12.5)));
    }
}
