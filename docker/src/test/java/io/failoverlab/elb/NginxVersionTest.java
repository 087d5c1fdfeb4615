package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.TopologyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NginxVersionTest {
    private static final LoadBalancer PLAIN =
            TopologyFile.named("two-web-one-db").loadBalancer();
    private static final LoadBalancer STICKY = TopologyFile.parse(
                    "sticky.yaml", "name: sticky\nload-balancer: {stickiness: 30s}\n")
            .loadBalancer();

    @ParameterizedTest
    @ValueSource(strings = {"1.28.0", "1.28.10", "1.29.5", "0.30.7", "1.28.0 (Ubuntu)"})
    void anOlderNginxKnowsNoStickiness(String version) {
        NginxVersion nginx = NginxVersion.parse(version);
        assertThatCode(() -> nginx.require(PLAIN)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nginx.require(STICKY))
                .withMessage("expected nginx 1.29.6 or later for load-balancer.stickiness, found nginx " + nginx
                        + " in the balancer's image; `lab images build` makes it anew, or leave stickiness out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.29.6", "1.29.10", "1.30.0", "1.30.6", "2.0.0"})
    void aNewerOneTakesBoth(String version) {
        assertThatCode(() -> NginxVersion.parse(version).require(STICKY)).doesNotThrowAnyException();
        assertThatCode(() -> NginxVersion.parse(version).require(PLAIN)).doesNotThrowAnyException();
    }

    @Test
    void whatIsNoVersionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NginxVersion.parse("1.30"))
                .withMessage("expected a version of nginx such as 1.30.6, found '1.30'");
    }
}
