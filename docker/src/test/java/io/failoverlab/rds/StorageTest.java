package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageTest {
    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource({"256, 256, ENOUGH", "256, 26, ENOUGH", "256, 25, LOW", "256, 4, LOW", "256, 3, FULL", "256, 0, FULL"})
    void lowBelowATenthAndFullWhereInnoDbCannotExtendAFile(long total, long free, Storage.State state) {
        assertThat(new Storage(total * MIB, free * MIB).state()).isEqualTo(state);
    }

    @Test
    void isDescribedWithTheNextStep() {
        assertThat(new Storage(1024 * MIB, 512 * MIB)).hasToString("1GiB, 512MiB free");
        assertThat(new Storage(256 * MIB, 0))
                .hasToString("256MiB, 0MiB free, storage-full: it takes no writes; `lab modify db --allocated-storage"
                        + " SIZE` gives it more");
    }

    @Test
    void everyChangeIsToldOnceInRdssWords() {
        List<String> told = new ArrayList<>();
        Telemetry telemetry = new Telemetry() {
            @Override
            public void measured(List<Measurement> measurements) {}

            @Override
            public void happened(StackEvent event) {
                StackEvent.DatabaseEvent database = (StackEvent.DatabaseEvent) event;
                told.add(database.id() + " " + database.message());
            }
        };
        try (LabScheduler scheduler = new LabScheduler(failure -> {})) {
            StorageWatch watch = new StorageWatch(
                    "db-1",
                    () -> {
                        throw new AssertionError("nobody asks");
                    },
                    scheduler,
                    telemetry);
            for (long free : new long[] {200, 20, 19, 1, 0, 300, 10}) {
                watch.read(new Storage(256 * MIB, free * MIB));
            }
        }
        assertThat(told)
                .containsExactly(
                        "RDS-EVENT-0089 The free storage capacity for DB instance db-1 is low at 7% of the provisioned"
                                + " storage [Provisioned Storage: 256MiB, Free Storage: 20MiB].",
                        "RDS-EVENT-0007 Allocated storage has been exhausted. Allocate additional storage to resolve.",
                        "RDS-EVENT-0089 The free storage capacity for DB instance db-1 is low at 3% of the provisioned"
                                + " storage [Provisioned Storage: 256MiB, Free Storage: 10MiB].");
    }
}
