package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.topology.Instance;
import io.failoverlab.topology.TopologyFile;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PreparedInstancesTest {
    private static final Instance WEB =
            TopologyFile.named("two-web-one-db").web().getFirst();

    @Test
    void whoTakesOneBeforeItIsMadeLearnsWhatBecameOfIt() {
        PreparedInstances prepared = new PreparedInstances(PreparedInstancesTest::refuse, Duration.ofHours(1));
        PreparedInstances.Slot slot = prepared.reserve(WEB);
        CompletableFuture<Optional<PreparedInstances.Ready>> taken =
                CompletableFuture.supplyAsync(() -> prepared.take(WEB.name()));
        await().until(() -> !prepared.contains(WEB.name()));

        prepared.make(slot);

        assertThat(taken.orTimeout(20, TimeUnit.SECONDS).join()).isEmpty();
    }

    @Test
    void oneThatIsNeverMadeHoldsUpNobody() {
        PreparedInstances prepared = new PreparedInstances(PreparedInstancesTest::refuse, Duration.ofMillis(1));
        prepared.reserve(WEB);

        assertThat(prepared.take(WEB.name())).isEmpty();
    }

    private static EngineContainer refuse(Instance web) {
        throw new EngineException("no container for " + web.name());
    }
}
