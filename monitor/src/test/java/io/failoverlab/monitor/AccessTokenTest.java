package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failoverlab.alarm.Timing;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;

/** A monitor that serves only those who know its token. */
@Timeout(60)
class AccessTokenTest {
    @TempDir
    private Path directory;

    private RunningMonitor start() throws IOException {
        return RunningMonitor.start(
                new MonitorSettings(
                        0,
                        directory.resolve("monitor.db"),
                        Timing.LAB,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(AccessToken.in(directory.resolve("token"), InstantSource.system()))),
                InstantSource.system());
    }

    private static CloudWatchClient client(RunningMonitor monitor, String accessKeyId) {
        return CloudWatchClient.builder()
                .endpointOverride(monitor.url())
                .region(Region.AP_NORTHEAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, "any")))
                .build();
    }

    private static int status(RunningMonitor monitor, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(monitor.url().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void onlyRequestsWithTheTokenAreServed() throws IOException, InterruptedException {
        try (RunningMonitor monitor = start()) {
            String token = Files.readString(directory.resolve("token")).strip();
            try (CloudWatchClient known = client(monitor, token);
                    CloudWatchClient unknown = client(monitor, token.replace(token.charAt(0), 'x'))) {
                assertThat(known.listMetrics().metrics()).isEmpty();
                CloudWatchException refused = catchThrowableOfType(CloudWatchException.class, unknown::listMetrics);
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId");
            }
            for (String path : List.of(
                    "/",
                    "/metrics",
                    "/events",
                    "/live",
                    "/live/past?from=1&to=2",
                    "/actions",
                    "/runs",
                    "/console/app.js",
                    "/?Action=ListMetrics")) {
                assertThat(status(monitor, path)).as(path).isEqualTo(403);
                assertThat(status(monitor, path, "Authorization", "Bearer " + token + "0"))
                        .as(path)
                        .isEqualTo(403);
            }
            assertThat(status(monitor, "/metrics", "Authorization", "Bearer " + token))
                    .isEqualTo(200);
        }
    }

    @Test
    void theTokenIsRandomKeptAndForItsOwnerOnly() throws IOException {
        AccessToken.in(directory.resolve("a"), InstantSource.system());
        AccessToken.in(directory.resolve("b"), InstantSource.system());
        String first = Files.readString(directory.resolve("a"));
        assertThat(first).matches("[0-9a-f]{64}\n").isNotEqualTo(Files.readString(directory.resolve("b")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a"))))
                .isEqualTo("rw-------");
        AccessToken.in(directory.resolve("a"), InstantSource.system());
        assertThat(Files.readString(directory.resolve("a"))).isEqualTo(first);
    }

    @Test
    void aTokenThatOthersCanReadIsNoSecret() throws IOException {
        Path file = directory.resolve("open");
        AccessToken.in(file, InstantSource.system());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> AccessToken.in(file, InstantSource.system()))
                .isInstanceOf(IOException.class)
                .hasMessage("Expected a file of a token that only its owner can read, found rw-r--r-- for " + file
                        + "; delete the file to get a new one.");
    }

    @Test
    void aFileWithSomethingElseIsNoToken() throws IOException {
        Path file = Files.writeString(directory.resolve("empty"), "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> AccessToken.in(file, InstantSource.system()))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "Expected a token of 64 hexadecimal digits in " + file + "; delete the file to get a new one.");
    }
}
