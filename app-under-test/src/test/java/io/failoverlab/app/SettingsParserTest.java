package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsParserTest {
    @TempDir
    private Path folder;

    private Map<String, String> environment;

    @BeforeEach
    void completeEnvironment() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "s3cret\n");
        environment = new HashMap<>(Map.of(
                "PATH", "/usr/bin",
                "SHOP_INSTANCE_ID", "i-0123456789abcdef0",
                "SHOP_AVAILABILITY_ZONE", "ap-northeast-1a",
                "SHOP_DB_URL", "jdbc:mysql://10.0.20.10:3306/shop",
                "SHOP_DB_USER", "shop",
                "SHOP_DB_PASSWORD_FILE", password.toString()));
    }

    @Test
    void whatIsNotSetHasADefault() throws InvalidSettingsException {
        assertThat(SettingsParser.parse(environment))
                .isEqualTo(new Settings(
                        "0.0.0.0",
                        8080,
                        "i-0123456789abcdef0",
                        "ap-northeast-1a",
                        new DatabaseSettings(
                                "jdbc:mysql://10.0.20.10:3306/shop",
                                "shop",
                                new Secret("s3cret"),
                                Duration.ofMillis(1000),
                                Duration.ofMillis(3000),
                                10,
                                Duration.ofMillis(1000)),
                        Optional.empty(),
                        5,
                        Duration.ofMillis(5000)));
    }

    @Test
    void everythingCanBeSet() throws InvalidSettingsException {
        environment.putAll(Map.of(
                "SHOP_BIND", "127.0.0.1",
                "SHOP_PORT", "0",
                "SHOP_DB_URL", "jdbc:mysql://db-1/shop?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                "SHOP_DB_CONNECT_TIMEOUT_MS", "250",
                "SHOP_DB_SOCKET_TIMEOUT_MS", "1500",
                "SHOP_DB_POOL_SIZE", "3",
                "SHOP_DB_POOL_TIMEOUT_MS", "400",
                "SHOP_DB_READER_URL", "jdbc:mysql://db-1-reader/shop",
                "SHOP_DNS_TTL_SECONDS", "30",
                "SHOP_DRAIN_MS", "0"));

        assertThat(SettingsParser.parse(environment))
                .isEqualTo(new Settings(
                        "127.0.0.1",
                        0,
                        "i-0123456789abcdef0",
                        "ap-northeast-1a",
                        new DatabaseSettings(
                                "jdbc:mysql://db-1/shop?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                                "shop",
                                new Secret("s3cret"),
                                Duration.ofMillis(250),
                                Duration.ofMillis(1500),
                                3,
                                Duration.ofMillis(400)),
                        Optional.of("jdbc:mysql://db-1-reader/shop"),
                        30,
                        Duration.ZERO));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        Map<String, String> wrong = Map.of(
                "SHOP_PROT", "8080",
                "SHOP_DB_POOLSIZE", "5",
                "SHOP_PORT", "70000",
                "SHOP_DB_POOL_TIMEOUT_MS", "1s",
                "SHOP_INSTANCE_ID", "i-1\r\nSet-Cookie: a",
                "SHOP_DB_URL", "postgres://db/shop",
                "SHOP_DB_USER", "shop",
                "SHOP_DB_PASSWORD_FILE", "/no/such/file");

        assertThatThrownBy(() -> SettingsParser.parse(wrong))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("""
                        SHOP_PORT: expected a whole number from 0 to 65535, found '70000'
                        SHOP_INSTANCE_ID: expected an instance id such as i-0123456789abcdef0, found 'i-1\r
                        Set-Cookie: a'
                        SHOP_AVAILABILITY_ZONE is missing: expected a zone such as ap-northeast-1a
                        SHOP_DB_URL: expected jdbc:mysql://host:3306/shop, found 'postgres://db/shop'
                        SHOP_DB_PASSWORD_FILE: expected a readable file, found '/no/such/file' (NoSuchFileException)
                        SHOP_DB_POOL_TIMEOUT_MS: expected a whole number from 250 to 60000, found '1s'
                        SHOP_DB_POOLSIZE is not a setting of the shop; did you mean SHOP_DB_POOL_SIZE?
                        SHOP_PROT is not a setting of the shop; did you mean SHOP_PORT?""");
    }

    @Test
    void anUrlMayNotCarryCredentialsAndTheyAreNotPrinted() {
        environment.put("SHOP_DB_URL", "jdbc:mysql://db:3306/shop?user=root&password=hunter2");

        assertThatThrownBy(() -> SettingsParser.parse(environment))
                .hasMessage(
                        "SHOP_DB_URL: expected jdbc:mysql://host:3306/shop without user, password and time-outs;"
                                + " they have settings of their own (SHOP_DB_USER, SHOP_DB_PASSWORD_FILE, SHOP_DB_*_TIMEOUT_MS)");
    }

    @Test
    void theReaderIsCheckedLikeTheWriter() {
        environment.put("SHOP_DB_READER_URL", "mysql://db-reader");
        environment.put("SHOP_DNS_TTL_SECONDS", "-2");

        assertThatThrownBy(() -> SettingsParser.parse(environment)).hasMessage("""
                        SHOP_DB_READER_URL: expected jdbc:mysql://host:3306/shop, found 'mysql://db-reader'
                        SHOP_DNS_TTL_SECONDS: expected a whole number from -1 to 86400, found '-2'""");
    }

    @Test
    void theReaderHasAllButTheAddressFromTheWriter() throws InvalidSettingsException {
        environment.put("SHOP_DB_READER_URL", "jdbc:mysql://db-reader/shop");
        Settings settings = SettingsParser.parse(environment);

        assertThat(settings.reader())
                .hasValueSatisfying(reader -> assertThat(reader.url()).isEqualTo("jdbc:mysql://db-reader/shop"))
                .map(reader -> reader.at(settings.database().url()))
                .hasValue(settings.database());
    }

    @Test
    void theJvmKeepsAddressesAsLongAsIsSet() {
        String before = Security.getProperty("networkaddress.cache.ttl");
        try {
            App.keepAddresses(17);
            assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("17");
        } finally {
            Security.setProperty("networkaddress.cache.ttl", before == null ? "30" : before);
        }
    }

    @Test
    void anEmptyPasswordFileIsRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        environment.put("SHOP_DB_PASSWORD_FILE", empty.toString());

        assertThatThrownBy(() -> SettingsParser.parse(environment))
                .hasMessage("SHOP_DB_PASSWORD_FILE: expected a password in " + empty + ", found an empty file");
    }

    @Test
    void settingsPrintNoPassword() throws InvalidSettingsException {
        assertThat(SettingsParser.parse(environment).toString())
                .contains("password=(secret)")
                .doesNotContain("s3cret");
    }
}
