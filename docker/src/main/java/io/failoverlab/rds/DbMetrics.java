package io.failoverlab.rds;

import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Hands on what the server of a database tells, and says what RDS publishes of it under RDS's own name as well. */
public record DbMetrics(String identifier, Telemetry next) implements Telemetry {
    @Override
    public void measured(List<Measurement> measurements) {
        next.measured(Stream.concat(
                        measurements.stream(),
                        measurements.stream().filter(DbMetrics::isRdsToo).map(this::asRds))
                .toList());
    }

    private static boolean isRdsToo(Measurement measurement) {
        return measurement.namespace().equals("AWS/EC2") && measurement.name().equals("CPUUtilization");
    }

    private Measurement asRds(Measurement measurement) {
        return new Measurement(
                "AWS/RDS",
                measurement.name(),
                Map.of("DBInstanceIdentifier", identifier),
                measurement.unit(),
                measurement.at(),
                measurement.values(),
                measurement.counts());
    }

    @Override
    public void happened(StackEvent event) {
        next.happened(event);
    }
}
