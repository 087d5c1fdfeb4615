package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NginxStatusTest {
    @Test
    void tellsOpenConnectionsAndThoseWithoutRoom() {
        assertThat(NginxStatus.parse("""
                        Active connections: 8\s
                        server accepts handled requests
                         120 117 4301\s
                        Reading: 0 Writing: 1 Waiting: 7\s
                        """)).contains(new NginxStatus(7, 3));
    }

    @Test
    void anythingElseIsNoStatus() {
        assertThat(NginxStatus.parse("")).isEmpty();
        assertThat(NginxStatus.parse("<html>403 Forbidden</html>")).isEmpty();
    }
}
