package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.EngineException;
import io.failoverlab.engine.ExecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbEndpointTest {
    @TempDir
    private Path folder;

    @Test
    void theNamesOfAStackAreLinesOfOneFileAndEachIsLedByItself() throws IOException {
        DbEndpoint writer = new DbEndpoint("db-1", "ap-northeast-1", folder);
        DbEndpoint reader = new DbEndpoint("db-1-replica", "ap-northeast-1", folder);
        writer.lead("10.0.20.10");
        reader.lead("10.0.21.30");
        long length = Files.size(writer.file());

        writer.lead("10.0.21.100");

        assertThat(Files.readAllLines(reader.file()))
                .containsExactly(
                        "127.0.0.1       localhost",
                        "10.0.21.100     db-1.ap-northeast-1.rds.lab",
                        "10.0.21.30      db-1-replica.ap-northeast-1.rds.lab");
        assertThat(Files.size(writer.file()))
                .as("whoever reads meanwhile finds the old one or the new one")
                .isEqualTo(length);
    }

    @Test
    void aNameThatWasAdoptedIsLedWithTheOtherFromThenOn() throws IOException {
        DbEndpoint writer = new DbEndpoint("db-1", "ap-northeast-1", folder);
        DbEndpoint reader = new DbEndpoint("db-1-replica", "ap-northeast-1", folder);
        writer.lead("10.0.20.10");
        reader.lead("10.0.21.30");
        long length = Files.size(writer.file());

        writer.adopt(reader);
        writer.adopt(reader);

        assertThat(Files.readAllLines(writer.file()).stream().filter(it -> !it.isEmpty()))
                .containsExactly(
                        "127.0.0.1       localhost",
                        "10.0.20.10      db-1.ap-northeast-1.rds.lab db-1-replica.ap-northeast-1.rds.lab");

        new DbEndpoint("db-1", "ap-northeast-1", folder).lead("10.0.21.100");

        assertThat(Files.readAllLines(writer.file()).stream().filter(it -> !it.isEmpty()))
                .containsExactly(
                        "127.0.0.1       localhost",
                        "10.0.21.100     db-1.ap-northeast-1.rds.lab db-1-replica.ap-northeast-1.rds.lab");
        assertThat(Files.size(writer.file())).isEqualTo(length);
    }

    @Test
    void aClientThatRunsAndKeepsItsConnectionsIsTold() {
        assertThat(DbEndpoint.problem(
                        () -> {
                            throw new EngineException("still runs after 2 s");
                        },
                        () -> true))
                .contains("still runs after 2 s");
        assertThat(DbEndpoint.problem(() -> new ExecResult(1, "", "not permitted\n"), () -> true))
                .contains("exit code 1 not permitted");
    }

    @Test
    void oneThatDoesNotRunHasNoConnectionsAndOneThatWasCutNone() {
        assertThat(DbEndpoint.problem(
                        () -> {
                            throw new EngineException("is not running");
                        },
                        () -> false))
                .isEmpty();
        assertThat(DbEndpoint.problem(() -> new ExecResult(0, "", ""), () -> true))
                .isEmpty();
    }
}
