package io.failoverlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StraceInstallerTest {
    private final List<String> said = new ArrayList<>();

    private static FakeHost host(boolean root, String... programs) {
        return new FakeHost(root, Set.of(programs), Map.of("strace", List.of("strace")), Map.of(), () -> {});
    }

    @Test
    void whatIsThereIsNotInstalled() {
        FakeHost host = host(true, "strace", "apt-get");
        new StraceInstaller(host, said::add).ensure();
        assertThat(host.ran).isEmpty();
    }

    @Test
    void rootInstallsWhatIsMissing() {
        FakeHost host = host(true, "apt-get");
        new StraceInstaller(host, said::add).ensure();
        assertThat(host.ran.getLast()).startsWith("apt-get").endsWith("strace");
    }

    @Test
    void othersAreToldWhatToType() {
        assertThatThrownBy(() -> new StraceInstaller(host(false, "apt-get"), said::add).ensure())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("expected it in PATH")
                .hasMessageContaining("as root: apt-get install --no-install-recommends strace");
    }
}
