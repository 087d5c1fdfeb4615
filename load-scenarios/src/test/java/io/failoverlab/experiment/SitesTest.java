package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.ec2.NotRunning;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.Latency;
import io.failoverlab.fis.Mapping;
import io.failoverlab.fis.Plan;
import io.failoverlab.fis.Planner;
import io.failoverlab.fis.Stack;
import io.failoverlab.fis.TemplateFile;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SitesTest {
    private static final List<Experiment.Injection> KILL = List.of(new Experiment.Injection(
            new Kill(), "web-1a", List.of("web-1a"), Duration.ofSeconds(20), Optional.empty()));

    private static final Plan DOCUMENTS = Planner.plan(
            TemplateFile.read(Path.of("src/test/resources/fis/documents.json"), Set.of("lossy-to")),
            Stack.of(TopologyFile.named("two-web-one-db"), List.of()),
            Mapping.NONE,
            7,
            10);

    @Test
    void whatCanStrikeIsNoProblem() {
        assertThatCode(() -> Sites.require(KILL, Optional.of(DOCUMENTS), (fault, where) -> List.of(where)))
                .doesNotThrowAnyException();
    }

    @Test
    void whatCannotStrikeIsToldAllAtOnceAndWhere() {
        assertThatThrownBy(() -> Sites.require(KILL, Optional.of(DOCUMENTS), (fault, where) -> {
                    if (fault instanceof Latency) {
                        throw new NotRunning("expected a kernel with netem, found none");
                    }
                    if (fault instanceof Kill) {
                        throw new IllegalArgumentException("expected web-1c, found web-1a");
                    }
                    return List.of(where);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        kill of web-1a: expected web-1c, found web-1a
                        latency of web-1c: expected a kernel with netem, found none
                        latency of web-1c: expected a kernel with netem, found none""");
    }
}
