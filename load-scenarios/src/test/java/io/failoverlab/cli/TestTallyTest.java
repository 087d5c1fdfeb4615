package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.cli.TestTally.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTallyTest {
    private static final String PASSED = "<testcase classname='a.ATest' name='one'/>";
    private static final String FAILED = "<testcase classname='a.ATest' name='two'><failure message='x'/></testcase>";
    private static final String BROKEN = "<testcase classname='a.ATest' name='three'><error/></testcase>";

    @TempDir
    private Path home;

    @Test
    void testsOfAllModulesAndBothPluginsAreCounted() throws IOException {
        report("docker/target/surefire-reports/TEST-a.ATest.xml", PASSED + FAILED);
        report("docker/target/failsafe-reports/TEST-a.AIT.xml", PASSED + skipped("Assumption failed: no browser"));
        report("monitor/target/surefire-reports/TEST-b.BTest.xml", BROKEN + skipped("Assumption failed: no browser"));
        Files.writeString(home.resolve("docker/target/failsafe-reports/failsafe-summary.xml"), "not a report");

        TestTally tally = TestTally.read(home);

        assertThat(tally)
                .isEqualTo(new TestTally(
                        2,
                        List.of(new Failure("a.ATest.two", "x"), new Failure("a.ATest.three", "")),
                        Map.of("no browser", 2)))
                .hasToString("tests: 2 passed, 2 failed, 2 skipped (2: no browser)");
    }

    @Test
    void greenIsOnlyWhatRan() {
        assertThat(new TestTally(412, List.of(), Map.of()).isGreen()).isTrue();
        assertThat(new TestTally(0, List.of(), Map.of()).isGreen()).isFalse();
        assertThat(new TestTally(412, List.of(new Failure("a.ATest.two", "x")), Map.of()).isGreen())
                .isFalse();
        assertThat(new TestTally(412, List.of(), Map.of("no browser", 1)).isGreen())
                .isFalse();
        assertThat(new TestTally(412, List.of(), Map.of("", 1)).isGreen()).isFalse();
    }

    @Test
    void whatTheKernelLacksIsCountedButForgiven() {
        TestTally tally = new TestTally(412, List.of(), Map.of("kernel has no sch_netem", 1));

        assertThat(tally.isGreen()).isTrue();
        assertThat(tally).hasToString("tests: 412 passed, 0 failed, 1 skipped (1: kernel has no sch_netem)");
    }

    @Test
    void reasonsAreListedOnceEach() {
        assertThat(new TestTally(409, List.of(), Map.of("no browser", 2, "kernel has no sch_netem", 1)))
                .hasToString("tests: 409 passed, 0 failed, 3 skipped (1: kernel has no sch_netem; 2: no browser)");
    }

    @Test
    void reasonIsFoundInAStackTraceAsWell() throws IOException {
        report("docker/target/failsafe-reports/TEST-a.AIT.xml", """
                <testcase classname='a.AIT' name='x'>
                  <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: \
                Assumption failed: no container engine
                    at a.AIT.prepare(AIT.java:49)
                ]]></skipped>
                </testcase>
                <testcase classname='a.AIT' name='y'><skipped message='not today'/></testcase>
                <testcase classname='a.AIT' name='z'><skipped/></testcase>
                """);

        assertThat(TestTally.read(home).skipped())
                .isEqualTo(Map.of("no container engine", 1, "not today", 1, "no reason given", 1));
    }

    @Test
    void whatATestSaysIsOneLineAndLeadsToItsPlace() throws IOException {
        report("docker/target/failsafe-reports/TEST-a.AIT.xml", """
                <testcase classname='a.AIT' name='x'>
                  <failure message='%s&#10; but was  7' type='AssertionError'><![CDATA[AssertionError: expected
                    at a.Other.help(Other.java:3)
                    at a.AIT.check(AIT.java:49)
                    at a.AIT.x(AIT.java:12)
                ]]></failure>
                </testcase>
                <testcase classname='a.AIT' name='y'><error type='java.io.EOFException'/></testcase>
                """.formatted("expected 8"));
        report("docker/target/failsafe-reports/TEST-a.BIT.xml", """
                <testcase classname='a.BIT' name='z'><error message='%s' type='E'/></testcase>
                """.formatted("m".repeat(500)));

        assertThat(TestTally.read(home).failed())
                .extracting(Failure::toString)
                .containsExactly(
                        "a.AIT.x: expected 8 but was 7 (AIT.java:49)",
                        "a.AIT.y: java.io.EOFException",
                        "a.BIT.z: " + "m".repeat(400) + "…");
    }

    @Test
    void cutOffReportIsAnError() throws IOException {
        Path report = home.resolve("docker/target/surefire-reports/TEST-a.ATest.xml");
        Files.createDirectories(report.getParent());
        Files.writeString(report, "<testsuite><testcase");

        assertThatThrownBy(() -> TestTally.read(home)).hasMessageContaining("expected a test report in " + report);
    }

    private void report(String name, String tests) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<testsuite name='a'><properties/>" + tests + "</testsuite>");
    }

    private static String skipped(String message) {
        return "<testcase classname='a.ATest' name='x'><skipped message='" + message + "'/></testcase>";
    }
}
