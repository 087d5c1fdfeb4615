package io.failoverlab.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.ContainerState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusChecksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # running | frozen | on a network | system fails | instance fails
                    true      | false  | true         | false        | false
                    true      | true   | true         | false        | true
                    true      | false  | false        | true         | true
                    true      | true   | false        | true         | true
                    false     | false  | true         | true         | true
                    false     | false  | false        | true         | true
                    """)
    void theHostIsWhatCarriesTheInstance(
            boolean running, boolean frozen, boolean connected, boolean system, boolean instance) {
        StatusChecks checks = StatusChecks.of(new ContainerState(running, frozen, connected, 0));

        assertThat(checks).isEqualTo(new StatusChecks(system, instance));
        assertThat(checks.anyFailed()).isEqualTo(system || instance);
    }
}
