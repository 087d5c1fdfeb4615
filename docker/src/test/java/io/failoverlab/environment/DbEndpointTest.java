package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.engine.EngineException;
import io.failoverlab.engine.ExecResult;
import org.junit.jupiter.api.Test;

class DbEndpointTest {
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
