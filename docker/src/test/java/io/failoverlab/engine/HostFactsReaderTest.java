package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.Cidr;
import org.junit.jupiter.api.Test;

class HostFactsReaderTest {
    @Test
    void routesAreReadWithoutTheDefaultOneAndTheEngines() {
        String table = """
                Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
                eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
                br-08b5ad7e3bea	0001000A	00000000	0001	0	0	0	00FFFFFF	0	0	0
                docker0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
                eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
                tun0	0000000A	00000000	0001	0	0	0	000000FF	0	0	0
                """;

        assertThat(HostFactsReader.routes(table))
                .containsExactly(
                        new HostFacts.Route("eth0", Cidr.parse("192.0.2.0/24")),
                        new HostFacts.Route("tun0", Cidr.parse("10.0.0.0/8")));
    }

    @Test
    void systemWithoutTheTableHasNoRoutes() {
        assertThat(HostFactsReader.routes("")).isEmpty();
    }
}
