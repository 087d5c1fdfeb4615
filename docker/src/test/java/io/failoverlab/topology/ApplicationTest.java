package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApplicationTest {
    private static final Application.Place PLACE = new Application.Place(
            "10.0.10.10",
            "i-0123456789abcdef0",
            "ap-northeast-1a",
            "db-1.rds.lab",
            3306,
            "shop",
            "shop",
            "/run/secrets/lab/db-password");

    private static Application of(Map<String, String> environment, boolean idempotent) {
        return new Application(
                Optional.of("mine:1"), Optional.empty(), 9090, environment, List.of("serve"), List.of(), idempotent);
    }

    @Test
    void itFindsItsDatabaseInTheCommonWordsAndItsOwnVariablesWin() {
        assertThat(of(Map.of("MYSQL_DATABASE", "mine", "LEVEL", "debug"), false).variables(PLACE))
                .containsExactlyEntriesOf(new java.util.TreeMap<>(Map.ofEntries(
                        Map.entry("PORT", "9090"),
                        Map.entry("SERVER_PORT", "9090"),
                        Map.entry("SERVER_ADDRESS", "10.0.10.10"),
                        Map.entry("INSTANCE_ID", "i-0123456789abcdef0"),
                        Map.entry("AVAILABILITY_ZONE", "ap-northeast-1a"),
                        Map.entry("MYSQL_HOST", "db-1.rds.lab"),
                        Map.entry("MYSQL_PORT", "3306"),
                        Map.entry("MYSQL_DATABASE", "mine"),
                        Map.entry("MYSQL_USER", "shop"),
                        Map.entry("MYSQL_PASSWORD_FILE", "/run/secrets/lab/db-password"),
                        Map.entry(
                                "SPRING_DATASOURCE_URL",
                                "jdbc:mysql://db-1.rds.lab:3306/shop?sslMode=DISABLED&allowPublicKeyRetrieval=true"),
                        Map.entry("SPRING_DATASOURCE_USERNAME", "shop"),
                        Map.entry("LEVEL", "debug"))));
    }

    @Test
    void onlyWhoKeepsToKeysHasAPostRepeated() {
        assertThat(of(Map.of(), false).retry(Retry.IDEMPOTENT)).isEqualTo(Retry.SAFE);
        assertThat(of(Map.of(), true).retry(Retry.IDEMPOTENT)).isEqualTo(Retry.IDEMPOTENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "ALB", "SAFE"})
    void aTopologyThatRepeatsLessKeepsItsPolicy(Retry ofTopology) {
        assertThat(of(Map.of(), true).retry(ofTopology)).isEqualTo(ofTopology);
        assertThat(of(Map.of(), false).retry(ofTopology)).isEqualTo(ofTopology);
    }

    @Test
    void everythingThatCannotBeIsToldAtOnce() {
        assertThatThrownBy(() -> new Application(
                        Optional.empty(),
                        Optional.empty(),
                        80,
                        Map.of("A-B", "1"),
                        List.of(),
                        List.of("var/run"),
                        false))
                .hasMessage(
                        "expected either an image or a jar, found neither; expected a port from 1024 to 65535, since it"
                                + " runs without privileges, found 80; expected a command that starts it, found none; expected the"
                                + " name of a variable, found \"A-B\"; expected an absolute path to be writable, found \"var/run\"");
    }
}
