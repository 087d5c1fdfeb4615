package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessUseTest {
    @Test
    void timeIsUserAndSystemAlsoOfAProcessWithAStrangeName() {
        String stat = "4711 (a (b) c) S 1 4711 4711 0 -1 4194560 18843 0 12 0 250 50 7 9 20 0 32 0 812345 123 456";
        String smaps = """
                00400000-7ffd4b1f1000 ---p 00000000 00:00 0                              [rollup]
                Rss:               76800 kB
                Pss:               51200 kB
                Pss_Dirty:         40000 kB
                Shared_Clean:      30000 kB
                """;
        assertThat(ProcessUse.parse(stat, smaps)).isEqualTo(new ProcessUse(3.0, 76_800L * 1024, 51_200L * 1024));
    }

    @Test
    void thisProcessUsesSomething() {
        ProcessUse use = ProcessUse.of(ProcessHandle.current().pid());
        assertThat(use.cpuSeconds()).isPositive();
        assertThat(use.rssBytes()).isGreaterThan(10 << 20);
        assertThat(use.pssBytes()).isBetween(10L << 20, use.rssBytes());
    }

    @Test
    void aProcessThatEndedCannotBeRead() {
        assertThatThrownBy(() -> ProcessUse.of(Integer.MAX_VALUE))
                .isInstanceOf(BenchFailed.class)
                .hasMessageContaining("expected to read what process 2147483647 uses");
    }

    @Test
    void whatIsMissingIsNotZero() {
        assertThatThrownBy(() -> ProcessUse.parse("1 (a) S 1 1 1 0 -1 0 0 0 0 0 1 1 0 0", "Rss: 1 MB"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
