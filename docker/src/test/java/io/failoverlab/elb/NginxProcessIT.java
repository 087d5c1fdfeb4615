package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.failoverlab.environment.Environment;
import io.failoverlab.environment.Launch;
import io.failoverlab.environment.RecordedMetrics;
import io.failoverlab.environment.StackBench;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.TopologyFile;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real nginx does with a configuration that it does not take: `nginx -s reload` and a HUP succeed all the same. */
class NginxProcessIT {
    private static final String RUN = "nginx-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aRefusedReloadIsNoticedAndTheLastGoodOneStays() throws Exception {
        RecordedMetrics told = new RecordedMetrics();
        try (StackBench bench = StackBench.open(RUN);
                Environment stack = Launch.up(
                        bench.planOfSmallServers(TopologyFile.parse("refused.yaml", "name: refused"), folder, told));
                HttpClient http = HttpClient.newHttpClient()) {
            Path configuration;
            try (Stream<Path> files = Files.walk(folder)) {
                configuration = files.filter(it -> it.endsWith("nginx.conf"))
                        .findFirst()
                        .orElseThrow();
            }
            NginxProcess nginx = new NginxProcess(
                    configuration.getParent(),
                    stack.topology().loadBalancer(),
                    listening(configuration),
                    controllerOf(configuration),
                    bench.scheduler(),
                    told);
            assertThat(nginx.takeOver(stack.instance("lb").container(), LIMIT)).isTrue();
            List<Target> present = List.copyOf(stack.targets().keySet());
            serve(nginx, present);

            List<Target> wrong = new ArrayList<>(present);
            wrong.add(new Target("ghost", "i-ghost", "ap-northeast-1a", "no-such-host.invalid", 8080));
            nginx.serve(rotation(wrong));
            await().atMost(LIMIT).until(() -> rejections(told).count() == 1);
            assertThat(rejections(told))
                    .singleElement()
                    .satisfies(it -> assertThat(it.reason()).contains("[emerg]").contains("no-such-host.invalid"));

            HttpRequest request = HttpRequest.newBuilder(stack.service().resolve("/api/items/1"))
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            assertThat(nginx.serving()).isEqualTo(present);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(Files.readString(configuration))
                            .as("a restart would find it")
                            .doesNotContain("no-such-host"));
            serve(nginx, present.subList(0, 1));
        }
    }

    private static Stream<StackEvent.RotationRejected> rejections(RecordedMetrics told) {
        return told.events().stream()
                .filter(StackEvent.RotationRejected.class::isInstance)
                .map(StackEvent.RotationRejected.class::cast);
    }

    private static void serve(NginxProcess nginx, List<Target> targets) {
        await().atMost(LIMIT).until(() -> {
            nginx.serve(rotation(targets));
            return nginx.serving().equals(targets);
        });
    }

    private static Rotation rotation(List<Target> targets) {
        return new Rotation(
                targets.stream().map(it -> new Rotation.Share(it, 1)).toList(), targets);
    }

    private static List<String> listening(Path configuration) throws Exception {
        return values(configuration, "listen", ":8080");
    }

    private static String controllerOf(Path configuration) throws Exception {
        return values(configuration, "allow", "").getFirst();
    }

    private static List<String> values(Path configuration, String directive, String suffix) throws Exception {
        return Files.readAllLines(configuration).stream()
                .map(String::strip)
                .filter(line -> line.startsWith(directive + " ") && line.endsWith(suffix + ";"))
                .map(line -> line.substring(directive.length() + 1, line.length() - suffix.length() - 1))
                .toList();
    }
}
