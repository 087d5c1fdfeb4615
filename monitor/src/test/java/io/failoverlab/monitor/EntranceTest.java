package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.access.Policy;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntranceTest {
    private static Entrance on(String address, Optional<AccessToken> token) {
        return new Entrance(address, token, Policy.builtIn());
    }

    @Test
    void otherMachinesComeInOnlyWithAToken(@TempDir Path directory) throws Exception {
        Optional<AccessToken> token = Optional.of(AccessToken.in(directory.resolve("token"), InstantSource.system()));

        assertThatThrownBy(() -> on("0.0.0.0", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--bind 0.0.0.0 opens the monitor to other machines, which needs --require-token as well");
        assertThat(on("0.0.0.0", token).warning(4580))
                .contains("The page, its actions and the CloudWatch API are open to every machine and container that"
                        + " reaches any address of this one on port 4580; each request needs the token in "
                        + directory.resolve("token")
                        + ". Nothing is encrypted: use a tunnel (ssh -L) where others can listen.");
        assertThat(on("192.168.1.5", token).warning(4580).orElseThrow()).contains("reaches 192.168.1.5 on port 4580");
        assertThat(on("127.0.0.1", token).warning(4580)).isEmpty();
        assertThat(on("127.0.0.1", Optional.empty()).warning(4580)).isEmpty();
    }

    @Test
    void itIsFoundWhereABrowserOnThisMachineFindsIt(@TempDir Path directory) throws Exception {
        Optional<AccessToken> token = Optional.of(AccessToken.in(directory.resolve("token"), InstantSource.system()));

        assertThat(on("0.0.0.0", token).url(1)).isEqualTo(URI.create("http://127.0.0.1:1"));
        assertThat(on("192.168.1.5", token).url(1)).isEqualTo(URI.create("http://192.168.1.5:1"));
        assertThat(on("::1", token).url(1)).isEqualTo(URI.create("http://[::1]:1"));
    }

    @Test
    void aNameIsNoAddress() {
        assertThatThrownBy(() -> on("example", Optional.empty()))
                .hasMessage("--bind is an address such as 127.0.0.1 or 192.168.1.5, found 'example'");
    }
}
