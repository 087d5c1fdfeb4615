package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.access.Role;
import io.failoverlab.alarm.Timing;
import io.failoverlab.console.BrowserPage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A browser before a monitor that requires its token. */
@Timeout(120)
class LoginPageIT {
    @Test
    void theLinkOpensThePageWithACookieThatNoScriptCanRead(@TempDir Path directory) throws Exception {
        AccessToken token = AccessToken.in(directory.resolve("token"), InstantSource.system());
        MonitorSettings settings = new MonitorSettings(
                0,
                directory.resolve("monitor.db"),
                Timing.LAB,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(token));
        try (RunningMonitor monitor = RunningMonitor.start(settings, InstantSource.system());
                BrowserPage page = BrowserPage.start()) {
            page.visit(monitor.url());
            page.eventually(() -> assertThat(page.text("body")).startsWith("The security token included"));

            page.visit(token.loginLink(monitor.url(), Role.BREAK));

            page.eventually(() -> assertThat(page.text("#freshness-word")).isEqualTo("Live"));
            assertThat(page.run("return location.href")).isEqualTo(monitor.url() + "/");
            assertThat(page.run("return document.cookie")).isEqualTo("");
            page.open(monitor.url(), "/#/dashboards");
            page.eventually(() -> assertThat(page.text("#dashboards-view")).contains("There is no dashboard"));
        }
    }
}
