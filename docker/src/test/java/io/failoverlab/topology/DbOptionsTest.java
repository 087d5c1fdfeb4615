package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DbOptionsTest {
    private static final ParameterGroup SHOP = new ParameterGroup(
            "shop",
            Optional.of("mysql9.7"),
            new TreeMap<>(Map.of("max_connections", "200", "table_open_cache", "{DBInstanceClassMemory / 4194304}")));

    @Test
    void theFileSaysWhatRdsAsksFor() {
        Topology topology = TopologyFile.parse("shop.yaml", """
                name: shop
                database:
                  backup-retention-period: 0
                  allocated-storage: 512MiB
                  preferred-backup-window: 23:45-00:30
                  parameter-group:
                    name: shop
                    family: mysql9.7
                    parameters: {max_connections: 200, table_open_cache: "{DBInstanceClassMemory / 4194304}"}
                """);
        assertThat(topology.databases().getFirst().options())
                .isEqualTo(new DbOptions(
                        SHOP,
                        new BackupPolicy(0, LocalTime.of(23, 45), Duration.ofMinutes(45)),
                        OptionalLong.of(512L << 20)));
    }

    @Test
    void theStandbyCanBeHotWarmOrCold() {
        Topology topology =
                TopologyFile.parse("warm.yaml", "{name: warm, database: {multi-az: true, redundancy: warm}}");

        assertThat(topology.databases())
                .extracting(it -> it.options().redundancy())
                .containsExactly(Redundancy.WARM, Redundancy.WARM);
        assertThat(topology.describe()).contains("primary, the standby is warm");
        assertThat(TopologyFile.pattern("two-web-multi-az")
                        .withRedundancy(Redundancy.WARM)
                        .databases())
                .isEqualTo(topology.databases());
        assertThatThrownBy(() -> TopologyFile.parse("one.yaml", "{name: one, database: {redundancy: cold}}"))
                .hasMessageContaining("expected database.redundancy only with multi-az: true, found no standby");
        assertThatThrownBy(() -> TopologyFile.parse(
                        "both.yaml", "{name: both, database: {multi-az: true, redundancy: cold, semi-sync: block}}"))
                .hasMessageContaining("expected database.semi-sync only with a hot standby, found cold, for which no"
                        + " write waits");
        assertThatThrownBy(() -> Redundancy.labelled("worm"))
                .hasMessage("expected one of hot, warm, cold, cold-snapshot, found worm; did you mean \"warm\"?");
    }

    @Test
    void noWriteWaitsForAStandbyThatIsNotHot() {
        Topology block =
                TopologyFile.parse("block.yaml", "{name: block, database: {multi-az: true, semi-sync: block}}");

        assertThat(block.withRedundancy(Redundancy.COLD).databases())
                .extracting(DbInstance::semiSync)
                .containsExactly(SemiSync.FALLBACK, SemiSync.FALLBACK);
        assertThat(block.withRedundancy(Redundancy.HOT)).isEqualTo(block);
    }

    /** The published counts of connections of RDS: 66, 150, 312. */
    @ParameterizedTest
    @CsvSource({
        "T3_MICRO, 66, 622852560",
        "T3_SMALL, 150, 1415574000",
        "T2_MEDIUM, 312, 2944393920",
        "M5_LARGE, 648, 6115279680"
    })
    void theClassDecidesConnectionsAndBufferPool(InstanceType type, String connections, String bufferPool) {
        assertThat(ParameterGroup.DEFAULT.effective(type))
                .isEqualTo(Map.of("max_connections", connections, "innodb_buffer_pool_size", bufferPool));
    }

    @Test
    void theGroupsValuesGoOverThoseOfTheClass() {
        assertThat(SHOP.with("sort_buffer_size", "512K").effective(InstanceType.T3_SMALL))
                .isEqualTo(Map.of(
                        "max_connections",
                        "200",
                        "innodb_buffer_pool_size",
                        "1415574000",
                        "table_open_cache",
                        "449",
                        "sort_buffer_size",
                        "512K"));
    }

    @Test
    void aGroupIsForOneFamily() {
        SHOP.requireEngine("9.7.4");
        ParameterGroup.DEFAULT.requireEngine("8.4.9");
        assertThatThrownBy(() -> SHOP.requireEngine("8.4.9"))
                .hasMessage("expected the parameter group shop to be of the family mysql8.4, since the engine is MySQL"
                        + " 8.4.9, found mysql9.7");
    }

    @ParameterizedTest
    @CsvSource({"port", "log_bin", "super_read_only", "rpl_semi_sync_source_enabled", "skip_name_resolve"})
    void whatRdsKeepsToItselfCannotBeSet(String name) {
        assertThatThrownBy(() -> ParameterGroup.DEFAULT.with(name, "1"))
                .hasMessage("expected a parameter that can be modified, found " + name + ", which RDS keeps to itself");
    }

    @Test
    void aValueIsOneLine() {
        assertThatThrownBy(() -> ParameterGroup.DEFAULT.with("init_connect", "a\nport=1"))
                .hasMessage("expected one line without # as the value of init_connect, found 'a\nport=1'");
    }

    @Test
    void aWindowMayGoOverMidnightAndIsWrittenAsItIsRead() {
        BackupPolicy late = BackupPolicy.DEFAULT.withWindow("23:45-00:30");
        assertThat(late.windowLength()).isEqualTo(Duration.ofMinutes(45));
        assertThat(late.window()).isEqualTo("23:45-00:30");
    }

    @Test
    void retentionHasAwssBounds() {
        assertThat(BackupPolicy.DEFAULT.withRetentionDays(35).enabled()).isTrue();
        assertThat(BackupPolicy.DEFAULT.withRetentionDays(0).enabled()).isFalse();
        assertThatThrownBy(() -> BackupPolicy.DEFAULT.withRetentionDays(36))
                .hasMessage("expected a backup retention period from 0 (no automated backups) to 35 days, found 36");
    }

    @Test
    void whatAReadReplicaReplicatesFromKeepsItsBackupsAndTheReplicaHasNone() {
        Topology topology = TopologyFile.pattern("two-web-read-replica");

        assertThatThrownBy(() -> BackupPolicy.requireRetention(0, "db-1", topology))
                .hasMessage("expected a backup retention period from 1 to 35 days for db-1, which the read replica"
                        + " db-1-replica replicates from, found 0; `lab promote db-1-replica` ends that");
        assertThatThrownBy(() -> BackupPolicy.requireRetention(7, "db-1-replica", topology))
                .hasMessage("expected no automated backups of the read replica db-1-replica, found 7 days of them;"
                        + " `lab promote db-1-replica` makes a database of its own of it");
        assertThatThrownBy(() -> BackupPolicy.requireRetention(36, "db-1", topology))
                .hasMessageEndingWith("from 0 (no automated backups) to 35 days, found 36");
        assertThat(BackupPolicy.requireRetention(7, "db-1", topology)).isEqualTo(7);
        assertThat(BackupPolicy.requireRetention(0, "db-1", topology.withoutReadReplica()))
                .isZero();
        assertThat(topology.readReplica()
                        .orElseThrow()
                        .promoted()
                        .options()
                        .backups()
                        .retentionDays())
                .as("RDS's default")
                .isEqualTo(1);
    }
}
