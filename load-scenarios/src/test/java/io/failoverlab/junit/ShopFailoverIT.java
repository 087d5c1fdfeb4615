package io.failoverlab.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.engine.EngineEndpoint;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The extension on a real stack; what is between the marks is the README's example. */
@Tag("long")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
// the example begins
@ExtendWith(LabExtension.class)
@LabTopology("two-web-one-db")
class ShopFailoverIT {
    @Test
    @Order(1)
    void aDyingWebServerCostsNoRequest(Lab lab) throws InterruptedException {
        LoadRun load = lab.load(200, Duration.ofSeconds(30)).await(Duration.ofSeconds(12));
        load.inject("kill", "web-1a");
        load.awaitAlarm("web-1a-down", "ALARM", Duration.ofSeconds(10));

        load.verdict("requests lost = 0", "alarm web-1a-down within 2 s", "acknowledged writes lost = 0")
                .assertPassed();
    }
    // the example ends

    @BeforeAll
    static void needsAnEngine() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                EngineEndpoint.ofThisProcess().answers(), "no container engine");
    }

    @Test
    @Order(2)
    void aTestThatLeavesTheStackBrokenIsCleanedUpAfter(Lab lab) throws InterruptedException {
        LoadRun load = lab.load(100, Duration.ofSeconds(20)).await(Duration.ofSeconds(6));
        load.inject("pause", "web-1a");
        load.inject("kill", "web-1c");
        // and here it fails
    }

    @Test
    @Order(3)
    void theSameStackServesTheNextTestAndAFailureTellsTheNumbers(Lab lab) throws InterruptedException {
        LoadRun load = lab.load(100, Duration.ofSeconds(20));
        assertThatThrownBy(() -> load.awaitAlarm("web-1a-dwon", "OK", Duration.ofSeconds(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no such alarm; there are [")
                .hasMessageContaining("web-1a-down");

        assertThatThrownBy(load.verdict("requests lost > 0", "max before < 1 h")::assertPassed)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Requests lost: expected > 0, measured 0 (0 of ");
    }
}
