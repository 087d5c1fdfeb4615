package io.failoverlab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.engine.ContainerState;
import io.failoverlab.fault.FaultKind.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void everyNameIsOfAFaultOfThatNameAndOfThatPlaceWithNothingSaid() {
        for (FaultKind kind : Faults.kinds()) {
            Fault fault = Faults.named(kind.name(), Optional.empty(), Map.of());
            assertThat(fault.name()).isEqualTo(kind.name());
            assertThat(fault instanceof ZoneFault).as(kind.name()).isEqualTo(kind.place() == Place.ZONE);
            assertThat(fault.standsFor()).isNotBlank();
            assertThat(kind.parameters())
                    .allMatch(it -> it.fallback().isEmpty() || it.form().fits(it.fallback()));
        }
        assertThatThrownBy(() -> Faults.named("az-powr", Optional.of(SECOND), Map.of()))
                .hasMessageEndingWith("found az-powr; did you mean az-power?");
    }

    /** A failover ends a frozen server within milliseconds: that it is not frozen any more is no sign that it never was. */
    @Test
    void aServerThatWasEndedAsSoonAsItWasFrozenWasFrozen() {
        assertThat(Pause.evidence(new ContainerState(true, true, true, 0)))
                .contains("the engine reports its processes frozen");
        assertThat(Pause.evidence(new ContainerState(false, false, true, 137)))
                .contains("the engine froze its processes, and they have been ended since");
        assertThat(Pause.evidence(new ContainerState(true, false, true, 0))).isEmpty();
    }

    @Test
    void whatIsSaidOfAFaultIsWhatItIs() {
        assertThat(Faults.named("cpu-stress", Optional.of(SECOND), Map.of("yes", "3", "percent", "50")))
                .isEqualTo(new CpuStress(3, 50, SECOND));
        assertThat(Faults.named("memory-stress", Optional.empty(), Map.of()))
                .isEqualTo(new MemoryStress(90, Duration.ofSeconds(60)));
        assertThat(Faults.named("kill-process", Optional.empty(), Map.of("process", "mysqld", "signal", "TERM")))
                .isEqualTo(new KillProcess("mysqld", "TERM"));
        assertThat(Faults.named("kill-process", Optional.empty(), Map.of())).isEqualTo(new KillProcess());
        assertThat(Faults.named("latency", Optional.empty(), Map.of("delay", "1s", "jitter", "10ms")))
                .isEqualTo(new Latency(Duration.ofSeconds(1), Duration.ofMillis(10)));
        assertThat(Faults.named("blackhole-port", Optional.empty(), Map.of("port", "3306", "traffic", "egress")))
                .isEqualTo(PacketFilter.blackholePort("tcp", 3306, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cpu-stress     | percent | 101   | percent: expected a whole number from 1 to 100, found 101
            cpu-stress     | yess    | 3     | expected a parameter of cpu-stress: yes, percent; found yess; did you mean yes?
            kill           | percent | 3     | expected a parameter of kill, which has none; found percent
            kill-process   | signal  | TREM  | signal: expected one of KILL, TERM, INT, QUIT, HUP, ABRT, SEGV, found TREM; did you mean TERM?
            kill-process   | process | $(id) | process: expected a name of 1 to 64 letters, digits, dots, dashes and the like, found $(id)
            port-closed    | port    | http  | port: expected a whole number from 1 to 65535, found http
            latency        | delay   | soon  | delay: expected a duration from 1ms to 1m, found soon
            latency        | jitter  | 30s   | expected a delay above 0 and a jitter up to it, found PT0.2S and PT30S
            """)
    void whatAFaultCannotTakeIsRefused(String fault, String parameter, String value, String message) {
        assertThatThrownBy(() -> Faults.named(fault, Optional.empty(), Map.of(parameter, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void whatIsOverOnceItIsDoneTakesNoTime() {
        assertThatThrownBy(() -> Faults.named("reboot", Optional.of(SECOND), Map.of()))
                .hasMessage("for: expected no time for reboot, which is over once it is done; found 1s");
    }

    @Test
    void theRecipesExampleIsWhatIsCompiled() throws IOException {
        String example = Files.readString(Path.of("src/main/java/io/failoverlab/fault/Pause.java"));

        assertThat(Files.readString(Path.of("../ADDING_A_FAULT.md")))
                .contains("```java\n" + example.substring(example.indexOf("/**")) + "```");
    }

    @Test
    void whatIsDoneTogetherIsUnderWayAtTheSameTime() {
        CyclicBarrier all = new CyclicBarrier(3);

        assertThat(Together.map(List.of(1, 2, 3), number -> {
                    meet(all);
                    return number * 10;
                }))
                .containsExactly(10, 20, 30);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new IllegalStateException("the others did not come", alone);
        }
    }
}
