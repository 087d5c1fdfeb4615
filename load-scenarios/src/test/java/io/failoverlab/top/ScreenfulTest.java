package io.failoverlab.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenfulTest {
    private static final Ink PLAIN = new Ink(false, false);

    @Test
    void allOfItIsThere() throws Exception {
        assertThat(String.join("\n", Screenful.whole(StackMessages.view(StackMessages.model(), 0), PLAIN)))
                .isEqualTo("""
                        ✖ 1 of 2 targets in service, 1 alarm, 1 with insufficient data
                        Live, data of 05:00:03
                        lb  requests/s 298  ELB 5XX/s 2  target 5XX/s 0  p50 4 ms  p99 8 ms  hosts 1 healthy, 1 unhealthy
                        last minute                                                         ████  most 310/s

                        TARGET     STATE      ZONE             CPU     SINCE                  WHY
                        web-1a  ✖  unhealthy  ap-northeast-1a  12.5 %  since 05:00:03 (1 s)   Health checks failed
                        web-1c  ●  healthy    ap-northeast-1c  -       since 04:59:49 (15 s)

                        DATABASE     STATE    ZONE             CPU  CONNECTIONS  REPLICATION
                        db-1      ●  running  ap-northeast-1a  5 %  8

                        ALARM               STATE              SINCE                  WHY
                        unhealthy-hosts  ✖  ALARM              since 05:00:03 (1 s)   1 target is unhealthy
                        web-1a-cpu       ◐  INSUFFICIENT_DATA  since 04:59:51 (13 s)  no datapoint has come yet

                        EVENT
                        05:00:03  ○  Rotation Change  nginx now sends to web-1c
                        05:00:03  ✖  Alarm            unhealthy-hosts ALARM: Threshold Crossed
                        05:00:03  ✖  Target           web-1a healthy → unhealthy: Health checks failed
                        05:00:02  ϟ  Fault Injected   kill web-1a: stands for: an EC2 instance whose host fails
                        04:59:49  ●  Target           web-1c initial → healthy
                        04:59:48  ●  Target           web-1a initial → healthy
                        04:59:45  ◌  Target           web-1a initial: Target registration is in progress
                        04:59:40  ○  Instance         db-1 running: its container started""");
    }

    @Test
    void aScreenIsFilledToItsLastLineAndEventsGiveWayFirst() throws Exception {
        StackView view = StackMessages.view(StackMessages.model(), 0);
        for (int height = 1; height < 60; height++) {
            List<String> lines = Screenful.of(view, height, PLAIN);
            assertThat(lines).as("height " + height).hasSize(height);
            assertThat(lines.getLast()).isEqualTo("q quits");
        }
        assertThat(Screenful.of(view, 14, PLAIN))
                .anyMatch(line -> line.startsWith("web-1c"))
                .anyMatch(line -> line.startsWith("db-1"))
                .noneMatch(line -> line.startsWith("ALARM") || line.startsWith("EVENT"));
        List<String> small = Screenful.of(view, 22, PLAIN);
        assertThat(small).contains("EVENT  (4 more)").noneMatch(line -> line.contains("(1 more)"));
        assertThat(small.get(small.size() - 2)).contains("kill web-1a");
    }

    @Test
    void withoutColourOrUnicodeEveryStateStillHasAShapeAndAWord() throws Exception {
        List<String> lines = Screenful.whole(StackMessages.view(StackMessages.model(), 0), new Ink(false, true));
        assertThat(String.join("\n", lines))
                .isASCII()
                .contains("web-1a  x  unhealthy", "web-1c  o  healthy", "healthy -> unhealthy");
    }

    @Test
    void colourOnlyRepeatsTheShape() throws Exception {
        StackView view = StackMessages.view(StackMessages.model(), 0);
        List<String> coloured = Screenful.whole(view, new Ink(true, false));
        assertThat(coloured.getFirst()).startsWith("\u001b[31m✖\u001b[0m \u001b[1m1 of 2 targets");
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(Screenful.whole(view, PLAIN));
    }

    @Test
    void wordsOfOthersCannotSteerTheTerminal() {
        assertThat(PLAIN.plain("a\u001b[2Jb\rc\u0007\u009bd")).isEqualTo("a [2Jb c  d");
    }
}
