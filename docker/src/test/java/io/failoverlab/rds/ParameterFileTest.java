package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterFileTest {
    private static final Instant AT = Instant.parse("2026-11-28T05:00:00.123Z");

    @TempDir
    private Path folder;

    @Test
    void isWhatTheServerReadsAndWhatTheLabKnows() throws Exception {
        ParameterFile file = new ParameterFile(folder.resolve("db"));
        file.begin(Map.of("max_connections", "150", "sql_mode", "ANSI_QUOTES,STRICT_ALL_TABLES"));
        file.set("innodb_log_buffer_size", new ParameterFile.Setting("32M", Optional.of(AT)));
        file.set("max_connections", new ParameterFile.Setting("200", Optional.empty()));

        assertThat(Files.readString(folder.resolve("db/lab.cnf"))).isEqualTo("""
                [mysqld]
                innodb_log_buffer_size = 32M # since 2026-11-28T05:00:00.123Z
                max_connections = 200
                sql_mode = ANSI_QUOTES,STRICT_ALL_TABLES
                """);
        assertThat(new ParameterFile(folder.resolve("db")).read())
                .isEqualTo(Map.of(
                        "innodb_log_buffer_size",
                        new ParameterFile.Setting("32M", Optional.of(AT)),
                        "max_connections",
                        new ParameterFile.Setting("200", Optional.empty()),
                        "sql_mode",
                        new ParameterFile.Setting("ANSI_QUOTES,STRICT_ALL_TABLES", Optional.empty())));
    }
}
