package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Statistics;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CountersTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    @Test
    void controlGroupsOfVersionOne() throws Exception {
        assertThat(read("""
                {"read": "2026-11-24T02:00:00.5Z",
                 "cpu_stats": {"cpu_usage": {"total_usage": 1234}},
                 "memory_stats": {"usage": 1000, "limit": 4000,
                   "stats": {"inactive_file": 1, "active_file": 2, "total_inactive_file": 100, "total_active_file": 200,
                             "total_swap": 7}},
                 "networks": {"eth0": {"rx_bytes": 10, "tx_bytes": 20, "rx_packets": 1, "tx_packets": 2, "rx_dropped": 9},
                              "eth1": {"rx_bytes": 30, "tx_bytes": 40, "rx_packets": 3, "tx_packets": 4}},
                 "blkio_stats": {
                   "io_service_bytes_recursive": [
                     {"major": 8, "minor": 0, "op": "Read", "value": 4096}, {"major": 8, "minor": 0, "op": "Write", "value": 512},
                     {"major": 8, "minor": 0, "op": "Total", "value": 4608}, {"major": 8, "minor": 16, "op": "Read", "value": 1}],
                   "io_serviced_recursive": [
                     {"major": 8, "minor": 0, "op": "Read", "value": 2}, {"major": 8, "minor": 0, "op": "Write", "value": 1}]}}"""))
                .contains(new ContainerUsage(
                        Instant.parse("2026-11-24T02:00:00.5Z"),
                        1234,
                        new ContainerUsage.Memory(4000, 700, OptionalLong.of(7)),
                        Optional.of(new ContainerUsage.Network(40, 60, 4, 6)),
                        Optional.of(new ContainerUsage.Disk(4097, 512, 2, 1))));
    }

    @Test
    void controlGroupsOfVersionTwoCountNoSwapAndNoOperations() throws Exception {
        assertThat(read("""
                {"read": "2026-11-24T02:00:00Z",
                 "cpu_stats": {"cpu_usage": {"total_usage": 1}},
                 "memory_stats": {"usage": 1000, "limit": 4000, "stats": {"inactive_file": 100, "active_file": 50}},
                 "networks": {"eth0": {"rx_bytes": 1, "tx_bytes": 2, "rx_packets": 3, "tx_packets": 4}},
                 "blkio_stats": {"io_service_bytes_recursive": [{"major": 8, "minor": 0, "op": "read", "value": 4096}],
                                 "io_serviced_recursive": null}}"""))
                .contains(new ContainerUsage(
                        Instant.parse("2026-11-24T02:00:00Z"),
                        1,
                        new ContainerUsage.Memory(4000, 850, OptionalLong.empty()),
                        Optional.of(new ContainerUsage.Network(1, 2, 3, 4)),
                        Optional.empty()));
    }

    @Test
    void aContainerOnNoNetworkHasNoTrafficAndOneThatEndedNoReading() throws Exception {
        assertThat(read("""
                {"read": "2026-11-24T02:00:00Z", "cpu_stats": {"cpu_usage": {"total_usage": 1}},
                 "memory_stats": {"usage": 1, "limit": 2}}""").orElseThrow().network()).isEmpty();
        assertThat(read("""
                {"read": "0001-01-01T00:00:00Z", "cpu_stats": {"cpu_usage": {"total_usage": 0}}, "memory_stats": {}}""")).isEmpty();
    }

    private static Optional<ContainerUsage> read(String json) throws JsonProcessingException {
        return Counters.of(JSON.readValue(json, Statistics.class));
    }
}
