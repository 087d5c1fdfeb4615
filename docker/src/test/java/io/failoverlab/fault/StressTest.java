package io.failoverlab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.ec2.Ec2Instance.Process;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.relay.Relay;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StressTest {
    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # yes | percent | cores | busy of 200 ms
            5     | 100     | 1.0   | 200
            1     | 50      | 1.0   | 100
            2     | 50      | 1.0   | 50
            1     | 50      | 0.5   | 50
            1     | 80      | 2.0   | 200
            64    | 1       | 0.5   | 1
            """)
    void aShareOfTheProcessorsIsAShareOfEachProcesssTime(int yes, int percent, double cores, int busy) {
        assertThat(new CpuStress(yes, percent, Duration.ofSeconds(1)).busyMillis(cores))
                .isEqualTo(busy);
    }

    @Test
    void aProcessThatMayTakeAllIsPlain() {
        assertThat(CpuStress.script(200)).isEqualTo("exec yes");
        assertThat(CpuStress.script(50)).isEqualTo("while :; do timeout 0.050 yes > /dev/null; sleep 0.150; done");
    }

    @Test
    void memoryIsTakenUntilTheShareIsInUse() {
        MemoryUse use = MemoryUse.parse(1000 * MIB + " " + 300 * MIB + " " + 100 * MIB);

        assertThat(use).isEqualTo(new MemoryUse(1000 * MIB, 200 * MIB)).hasToString("200 of 1000 MiB, 20 %");
        assertThat(use.missing(80)).isEqualTo(600 * MIB);
        assertThat(use.missing(20)).isZero();
        assertThat(use.reaches(22)).isTrue();
        assertThat(use.reaches(23)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"''", "max 1 2", "1 2"})
    void anInstanceWithoutALimitOfMemoryHasNoShareOfIt(String answer) {
        assertThatThrownBy(() -> MemoryUse.parse(answer)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void aDiskIsFilledUpToTheShareAndOnlyIfItIsTheInstancesOwn() {
        Disk disk = Disk.parse("/tmp tmpfs 4096 1000 400");

        assertThat(disk).isEqualTo(new Disk("/tmp", "tmpfs", 4_096_000, 1_638_400));
        assertThat(disk.percentUsed()).isEqualTo(60);
        assertThat(disk.missing(100)).isEqualTo(1_638_400);
        assertThat(disk.missing(95)).isEqualTo(1_433_600);
        assertThat(disk.missing(60)).isZero();
        assertThat(disk.isOwn()).isTrue();
        assertThat(Disk.parse("/srv/mysql ext2/ext3 4096 1000 400").isOwn()).isFalse();
        assertThatThrownBy(() -> Disk.parse("/tmp")).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void writersLeaveMostOfWhatIsFree() {
        assertThat(IoStress.blocks(64 * MIB, 1)).as("16 MiB of 64 KiB").isEqualTo(256);
        assertThat(IoStress.blocks(64 * MIB, 4)).isEqualTo(64);
        assertThat(IoStress.blocks(1000 * MIB, 1)).as("64 MiB at the most").isEqualTo(1024);
        assertThat(IoStress.blocks(0, 1)).isEqualTo(1);
    }

    @Test
    void processesAreFoundByTheirNameAsPkillDoes() {
        List<Process> processes = List.of(
                new Process(1, "/bin/sh /usr/local/bin/instance java -jar x"),
                new Process(7, "/usr/bin/java -cp nginx App"),
                new Process(8, "nginx: master process nginx"),
                new Process(9, "nginx: worker process"));

        assertThat(new KillProcess("java", "KILL").named(processes, 7, "web-1a"))
                .containsExactly(7L);
        assertThat(new KillProcess("nginx", "TERM").named(processes, 7, "web-1a"))
                .containsExactly(8L, 9L);
        assertThat(new KillProcess("httpd", "TERM", true).named(processes, 7, "web-1a"))
                .containsExactly(7L);
        assertThatThrownBy(() -> new KillProcess("httpd", "TERM").named(processes, 7, "web-1a"))
                .isInstanceOf(NotRunning.class)
                .hasMessage("expected a process httpd in web-1a, found java, nginx, sh");
    }

    @Test
    void rulesComeBeforeAllOthersAndBearTheirMark() {
        assertThat(PacketFilter.portClosed(8080).commands("lab-7"))
                .isEqualTo("iptables -w 5 -I INPUT 1 -m comment --comment lab-7 ! -i lo -p tcp ! --tcp-flags RST RST"
                        + " --dport 8080 -j REJECT --reject-with tcp-reset");
        assertThat(PacketFilter.loss(7, List.of("10.0.20.10")).rules())
                .containsExactly("OUTPUT -d 10.0.20.10 -m statistic --mode random --probability 0.07 -j DROP");
    }

    @Test
    void aRelayStandsBeforeEveryPortThatOthersCanReach() {
        assertThat(LatencyByRelay.servers("""
                10.0.10.10:8080
                127.0.0.11:40123
                127.0.0.1:9000
                *:3306
                [::]:3306
                0.0.0.0:80
                [::1]:25
                """).stream().map(it -> it.getHostString() + ":" + it.getPort()))
                .containsExactly("127.0.0.1:80", "127.0.0.1:3306", "10.0.10.10:8080");
        assertThat(LatencyByRelay.lead(
                        List.of(new Relay.Route(61_001, new InetSocketAddress("10.0.10.10", 8080))), "lab-7"))
                .isEqualTo("iptables -w 5 -t nat -I PREROUTING 1 -m comment --comment lab-7 -p tcp --dport 8080"
                        + " -j REDIRECT --to-ports 61001 && ss -HK sport = :8080 > /dev/null");
    }
}
