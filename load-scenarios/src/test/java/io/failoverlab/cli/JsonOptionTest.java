package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class JsonOptionTest {
    private static final List<List<String>> ROWS = List.of(
            List.of("NAME", "CPU CORES", "%CPU"), List.of("web-1a", "0.50", "1.0"), List.of("db-1", "0.10", "2.0"));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Terminal terminal = Terminal.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream()),
            new Terminal.Screens(false, false),
            Map.of());

    @Test
    void aTableIsAnObjectForEachRow() {
        print("--json");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                {"name":"web-1a","cpuCores":"0.50","cpu":"1.0"}
                {"name":"db-1","cpuCores":"0.10","cpu":"2.0"}
                """);
    }

    @Test
    void withoutTheOptionItIsATable() {
        print();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                NAME    CPU CORES  %CPU
                web-1a  0.50       1.0
                db-1    0.10       2.0
                """);
    }

    private void print(String... arguments) {
        JsonOption option = new JsonOption();
        CommandLine.populateCommand(option, arguments);
        option.print(ROWS, terminal);
    }

    @Test
    void aNameThatComesTwiceHasBothValues() {
        assertThat(JsonOption.object(List.of(
                        List.of("DB instance", "db-1"), List.of("parameter", "a = 1"), List.of("parameter", "b = 2"))))
                .isEqualTo("{\"dbInstance\":\"db-1\",\"parameter\":[\"a = 1\",\"b = 2\"]}");
    }
}
