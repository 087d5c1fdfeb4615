package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The shop as a process, as far as it gets without a database. */
final class AppTest {
    private record Ended(int exitCode, String output) {}

    @Test
    void wrongSettingsEndItWithAllTheMistakesAndNoStackTrace() throws Exception {
        assertThat(run(Map.of("SHOP_PORT", "http", "SHOP_BINT", "::"), List.of()))
                .isEqualTo(new Ended(2, """
                                SHOP_PORT: expected a whole number from 0 to 65535, found 'http'
                                SHOP_INSTANCE_ID is missing: expected an instance id such as i-0123456789abcdef0
                                SHOP_AVAILABILITY_ZONE is missing: expected a zone such as ap-northeast-1a
                                SHOP_DB_URL is missing: expected jdbc:mysql://host:3306/shop
                                SHOP_DB_USER is missing: expected a MySQL user name
                                SHOP_DB_PASSWORD_FILE is missing: expected the path of a file that holds the password
                                SHOP_BINT is not a setting of the shop; did you mean SHOP_BIND?
                                """));
    }

    @Test
    void anUnknownArgumentEndsIt() throws Exception {
        assertThat(run(Map.of(), List.of("--help")))
                .isEqualTo(new Ended(
                        2,
                        "expected no argument or --aot-training, found: --help;"
                                + " the shop is configured by SHOP_ variables of its environment\n"));
    }

    @Test
    void aTrainingRunNeedsNoDatabaseAndEnds() throws Exception {
        Ended training = run(Map.of(), List.of("--aot-training"));

        assertThat(training.output()).endsWith("INFO  AotTraining: trained\n");
        assertThat(training.exitCode()).isZero();
    }

    private static Ended run(Map<String, String> settings, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                App.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.startsWith("SHOP_"));
        builder.environment().putAll(settings);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
