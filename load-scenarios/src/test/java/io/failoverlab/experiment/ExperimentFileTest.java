package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.document.InvalidInput;
import io.failoverlab.fault.AzPower;
import io.failoverlab.fault.CpuStress;
import io.failoverlab.fault.Kill;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExperimentFileTest {
    @Test
    void killOneWebIsWhatItSays() {
        Experiment experiment = ExperimentFile.read("kill-one-web");

        assertThat(experiment.topology().name()).isEqualTo("two-web-one-db");
        assertThat(experiment.load())
                .isEqualTo(new Experiment.Load(
                        "browse-and-order",
                        300,
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        0.2));
        assertThat(experiment.injections())
                .isEqualTo(List.of(new Experiment.Injection(
                        new Kill(), "web-1a", List.of("web-1a"), Duration.ofSeconds(20), Optional.empty())));
        assertThat(experiment.expectations())
                .isEqualTo(Map.of(
                        "requests-lost", "0",
                        "detected", "<= 1s",
                        "alarmed", "<= 2s",
                        "writes-lost", "0",
                        "writes-duplicated", "0",
                        "writes-unexpected", "0"));
    }

    @Test
    void cpuStressRunsFiveYesForTwentySeconds() {
        assertThat(ExperimentFile.read("cpu-stress").injections())
                .isEqualTo(List.of(new Experiment.Injection(
                        new CpuStress(5, Duration.ofSeconds(20)),
                        "web-1c",
                        List.of("web-1c"),
                        Duration.ofSeconds(25),
                        Optional.of(Duration.ofSeconds(20)))));
    }

    @Test
    void loseOneZoneHitsWhatIsInZoneC() {
        assertThat(ExperimentFile.read("lose-one-zone").injections())
                .isEqualTo(List.of(new Experiment.Injection(
                        new AzPower(),
                        "c",
                        List.of("web-1c"),
                        Duration.ofSeconds(20),
                        Optional.of(Duration.ofSeconds(20)))));
    }

    @Test
    void aFaultOfAZoneHitsItsDatabaseTooButNotTheBalancer() {
        assertThat(zoneFault("zone: a").injections().getFirst().instances()).containsExactly("web-1a", "db-1");
    }

    @Test
    void aFaultOfAZoneNamesAZoneThatTheTopologyHas() {
        assertThatThrownBy(() -> zoneFault("zone: b"))
                .hasMessageContaining("expected a zone of two-web-one-db with instances: a, c")
                .hasMessageContaining("found b");
        assertThatThrownBy(() -> zoneFault("instance: web-1a"))
                .hasMessageContaining("faults[0].zone")
                .hasMessageContaining("\"instance\"");
    }

    private static Experiment zoneFault(String where) {
        return ExperimentFile.parse(
                "mine.yaml", "name: x\nfaults:\n  - {fault: az-network, " + where + ", at: 9s}\n", Path.of(""));
    }

    @Test
    void aNameAloneIsAnExperimentWithDefaults() {
        Experiment experiment = ExperimentFile.parse("mine.yaml", "name: calm\n", Path.of(""));
        assertThat(experiment.topology().name()).isEqualTo("two-web-one-db");
        assertThat(experiment.load().rate()).isEqualTo(300);
        assertThat(experiment.injections()).isEmpty();
    }

    @Test
    void everyMistakeOfAFileIsToldAtOnceWithItsPlace() {
        InvalidInput invalid =
                catchThrowableOfType(InvalidInput.class, () -> ExperimentFile.parse("mine.yaml", """
                        name: wrong
                        topolgy: two-web-one-db
                        load:
                          simulation: browse-and-oder
                          rate: 0
                          duration: 5s
                          ramp: 3s
                          warm-up: 3s
                        faults:
                          - fault: kil
                            instance: web-1a
                            at: 1s
                          - fault: pause
                            instance: web1c
                            at: 90s
                        expect:
                          requests-lost: none
                          alarmd: <= 2s
                        """, Path.of("")));

        assertThat(invalid.problems().stream().map(problem -> problem.line() + ": " + problem.found()))
                .containsExactlyInAnyOrder(
                        "2: \"topolgy\"",
                        "4: browse-and-oder",
                        "5: the number 0",
                        "6: 5 s",
                        "10: kil",
                        "14: web1c",
                        "15: 90 s",
                        "17: requests-lost: none",
                        "18: alarmd: <= 2s");
        assertThat(invalid.getMessage())
                .contains("mine.yaml:2:")
                .contains("did you mean \"topology\"?")
                .contains("did you mean \"browse-and-order\"?")
                .contains("did you mean \"kill\"?")
                .contains("did you mean \"web-1c\"?");
    }

    @Test
    void anUnknownNameGetsTheNearest() {
        assertThatThrownBy(() -> ExperimentFile.read("kill-one-wep"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("kill-one-wep")
                .hasMessageContaining("did you mean \"kill-one-web\"?");
    }

    @Test
    void anUnknownPatternIsToldAtTheKeyThatNamesIt() {
        assertThatThrownBy(() -> ExperimentFile.parse("mine.yaml", "name: x\ntopology: two-web-one-bd\n", Path.of("")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("mine.yaml:2:11")
                .hasMessageContaining("two-web-one-db");
    }
}
