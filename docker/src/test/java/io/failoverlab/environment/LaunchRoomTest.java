package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LaunchRoomTest {
    @Test
    void nothingIsLaunchedInAZoneThatIsLost() {
        LaunchRoom room = new LaunchRoom(new MemoryBudget(1L << 30));
        assertThatCode(() -> room.requireZone("ap-northeast-1c")).doesNotThrowAnyException();

        room.closeZones("ap-northeast-1c"::equals);

        assertThatCode(() -> room.requireZone("ap-northeast-1a")).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> room.requireZone("ap-northeast-1c"))
                .withMessage("InsufficientInstanceCapacity: expected an Availability Zone in which instances run,"
                        + " found ap-northeast-1c lost; `lab fault az c --undo` gives it back");
    }
}
