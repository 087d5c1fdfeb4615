package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void dataGoesToStandardOutputAndMessagesToStandardError() {
        Terminal terminal = terminal(false, Map.of());
        terminal.data("42");
        terminal.say("counted");
        assertThat(text(out)).isEqualTo("42\n");
        assertThat(text(err)).isEqualTo("counted\n");
    }

    @Test
    void coloursOnlyOnATerminalAndNeverWithNoColor() {
        assertThat(terminal(true, Map.of()).red("no")).isEqualTo("\u001b[31mno\u001b[0m");
        assertThat(terminal(false, Map.of()).red("no")).isEqualTo("no");
        assertThat(terminal(true, Map.of("NO_COLOR", "1")).red("no")).isEqualTo("no");
        assertThat(terminal(true, Map.of("NO_COLOR", "")).colour()).isTrue();
        assertThat(terminal(true, Map.of("TERM", "dumb")).colour()).isFalse();
    }

    @Test
    void movingLinesAreLeftOutWhereNobodyWatches() {
        terminal(false, Map.of()).status("1 s");
        terminal(true, Map.of("CI", "true")).status("1 s");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void aMovingLineIsWipedBeforeTheNextOne() {
        Terminal terminal = terminal(true, Map.of());
        terminal.status("1 s");
        terminal.say("up");
        assertThat(text(err)).isEqualTo("\r\u001b[2K1 s\r\u001b[2Kup\n");
    }

    @Test
    void whatIsRedirectedHasNoColourWhereverTheRestGoes() {
        Terminal piped = terminal(new Terminal.Screens(false, true), Map.of());
        piped.data(piped.red("42"));
        piped.say(piped.red("counted"));
        assertThat(text(out)).isEqualTo("42\n");
        assertThat(text(err)).isEqualTo("\u001b[31mcounted\u001b[0m\n");
        out.reset();
        err.reset();
        Terminal logged = terminal(new Terminal.Screens(true, false), Map.of());
        logged.data(logged.red("42"));
        logged.say(logged.red("counted"));
        assertThat(text(out)).isEqualTo("\u001b[31m42\u001b[0m\n");
        assertThat(text(err)).isEqualTo("counted\n");
    }

    private Terminal terminal(boolean terminal, Map<String, String> environment) {
        return terminal(new Terminal.Screens(terminal, terminal), environment);
    }

    private Terminal terminal(Terminal.Screens screens, Map<String, String> environment) {
        return Terminal.of(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                screens,
                environment);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
