package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AccessLogEntryTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void readsARequestThatTheFirstTargetAnswered() {
        assertThat(AccessLogEntry.parse(json, """
                        {"at":"1795486154.175","method":"GET","uri":"/","status":200,"seconds":0.004,\
                        "upstream":"10.0.10.10:8080","upstreamStatus":"200","upstreamSeconds":"0.003",\
                        "headerSeconds":"0.002","instance":"i-a","sent":512}"""))
                .contains(new AccessLogEntry(
                        Instant.parse("2026-11-24T02:09:14.175Z"),
                        200,
                        0.004,
                        "10.0.10.10:8080",
                        1,
                        true,
                        OptionalDouble.of(0.002)));
    }

    @Test
    void aRequestThatWentOnToTheNextTargetCountsForThatOne() {
        assertThat(AccessLogEntry.parse(json, """
                        {"at":"1795486154.175","status":201,"seconds":0.204,"upstream":"10.0.10.10:8080, 10.0.11.10:8080",\
                        "headerSeconds":"-, 0.003"}"""))
                .get()
                .extracting(
                        AccessLogEntry::endpoint,
                        AccessLogEntry::attempts,
                        AccessLogEntry::targetAnswered,
                        AccessLogEntry::targetSeconds)
                .containsExactly("10.0.11.10:8080", 2, true, OptionalDouble.of(0.003));
    }

    @Test
    void anErrorOfTheBalancersOwnIsToldFromATargets() {
        assertThat(AccessLogEntry.parse(json, """
                        {"at":"1795486154.175","status":502,"seconds":0.2,"upstream":"10.0.10.10:8080",\
                        "upstreamStatus":"502","headerSeconds":"-"}"""))
                .get()
                .extracting(AccessLogEntry::status, AccessLogEntry::targetAnswered)
                .containsExactly(502, false);
    }

    @Test
    void whatIsNotARequestIsPassedOver() {
        assertThat(AccessLogEntry.parse(json, "2026/11/24 02:09:14 [notice] signal process started"))
                .isEmpty();
        assertThat(AccessLogEntry.parse(json, "{\"at\":\"17954")).isEmpty();
        assertThat(AccessLogEntry.parse(json, "{\"at\":\"soon\",\"status\":200}"))
                .isEmpty();
    }
}
