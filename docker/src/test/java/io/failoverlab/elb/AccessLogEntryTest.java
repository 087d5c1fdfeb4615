package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.elb.AccessLogEntry.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AccessLogEntryTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void readsARequestThatTheFirstTargetAnswered() {
        assertThat(AccessLogEntry.parse(json, """
                        {"at":"1795486154.175","method":"GET","uri":"/","status":200,"seconds":0.004,\
                        "node":"10.0.1.10","connectionRequest":1,"upstream":"10.0.10.10:8080","upstreamStatus":"200",\
                        "connectSeconds":"0.001","headerSeconds":"0.002","upstreamSeconds":"0.003","instance":"i-a",\
                        "received":88,"sent":512}"""))
                .contains(new AccessLogEntry(
                        Instant.parse("2026-11-24T02:09:14.175Z"),
                        200,
                        "10.0.1.10",
                        true,
                        600,
                        List.of(new Attempt("10.0.10.10:8080", false, OptionalDouble.of(0.002))),
                        true));
    }

    @Test
    void aRequestThatWentOnToTheNextTargetWasAnsweredByThatOne() {
        AccessLogEntry entry = parse("""
                "status":201,"upstream":"10.0.10.10:8080, 10.0.11.10:8080","upstreamStatus":"504, 201",\
                "connectSeconds":"-, 0.000","headerSeconds":"-, 0.003\"""");

        assertThat(entry.attempts())
                .containsExactly(
                        new Attempt("10.0.10.10:8080", true, OptionalDouble.empty()),
                        new Attempt("10.0.11.10:8080", false, OptionalDouble.of(0.003)));
        assertThat(entry.targetAnswered()).isTrue();
    }

    @Test
    void anErrorOfTheBalancersOwnIsToldFromATargets() {
        assertThat(parse("""
                        "status":502,"upstream":"10.0.10.10:8080","upstreamStatus":"502","connectSeconds":"0.000",\
                        "headerSeconds":"-\"""").targetAnswered()).isFalse();
        assertThat(parse("""
                        "status":502,"upstream":"10.0.10.10:8080","upstreamStatus":"502","connectSeconds":"0.000",\
                        "headerSeconds":"0.001\"""").targetAnswered()).isTrue();
    }

    @Test
    void aClientThatLeavesWhileTheBalancerConnectsIsNoConnectionError() {
        assertThat(parse("""
                        "status":499,"upstream":"10.0.10.10:8080","upstreamStatus":"-","connectSeconds":"-",\
                        "headerSeconds":"-\"""").attempts())
                .containsExactly(new Attempt("10.0.10.10:8080", false, OptionalDouble.empty()));
    }

    @Test
    void aGroupWithoutATargetToTryIsNoAttempt() {
        assertThat(parse("\"status\":502,\"upstream\":\"web\",\"upstreamStatus\":\"502\",\"connectSeconds\":\"-\"")
                        .attempts())
                .isEmpty();
        assertThat(parse("\"status\":503,\"upstream\":\"\"").attempts()).isEmpty();
    }

    @Test
    void anAnswerThatWasGivenUpForWantOfAnotherTargetIsNotTheClients() {
        AccessLogEntry entry = parse("""
                "status":502,"upstream":"10.0.10.10:8080, web","upstreamStatus":"503, 502","connectSeconds":"0.000, -",\
                "headerSeconds":"0.002, -\"""");

        assertThat(entry.attempts()).containsExactly(new Attempt("10.0.10.10:8080", false, OptionalDouble.of(0.002)));
        assertThat(entry.targetAnswered()).isFalse();
    }

    @Test
    void whatIsNotARequestIsPassedOver() {
        assertThat(AccessLogEntry.parse(json, "2026/11/24 02:09:14 [notice] signal process started"))
                .isEmpty();
        assertThat(AccessLogEntry.parse(json, "{\"at\":\"17954")).isEmpty();
        assertThat(AccessLogEntry.parse(json, "{\"at\":\"soon\",\"status\":200}"))
                .isEmpty();
    }

    private AccessLogEntry parse(String fields) {
        return AccessLogEntry.parse(json, "{\"at\":\"1795486154.175\"," + fields + "}")
                .orElseThrow();
    }
}
