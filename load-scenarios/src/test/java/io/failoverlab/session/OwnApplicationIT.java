package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.topology.Application;
import io.failoverlab.topology.LoadBalancer;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack of an application that knows nothing of the lab. */
@Tag("long")
class OwnApplicationIT {
    /** Answers with its variables; a line a variable. */
    private static final String SOURCE = """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;
            import java.util.TreeMap;

            public class Echo {
                public static void main(String[] arguments) throws Exception {
                    HttpServer server = HttpServer.create(
                            new InetSocketAddress(Integer.parseInt(System.getenv("SERVER_PORT"))), 0);
                    server.createContext("/", exchange -> {
                        StringBuilder text = new StringBuilder();
                        new TreeMap<>(System.getenv()).forEach((name, value) -> text.append(name + "=" + value + "\\n"));
                        byte[] bytes = text.toString().getBytes();
                        exchange.sendResponseHeaders(200, bytes.length);
                        exchange.getResponseBody().write(bytes);
                        exchange.close();
                    });
                    server.start();
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path jar() throws IOException {
        Path source = Files.writeString(folder.resolve("Echo.java"), SOURCE);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "21", "-d", folder.toString(), source.toString());
        assertThat(failed).isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Echo");
        Path jar = folder.resolve("echo.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> classes =
                        Files.list(folder).filter(path -> path.toString().endsWith(".class"))) {
            for (Path path : classes.toList()) {
                out.putNextEntry(new JarEntry(path.getFileName().toString()));
                Files.copy(path, out);
            }
        }
        return jar;
    }

    @Test
    void itServesBehindTheBalancerWithItsDatabaseAndNobodyElseSeesThePassword() throws Exception {
        Application application = new Application(
                Optional.empty(),
                Optional.of(jar().toString()),
                9090,
                Map.of("GREETING", "hello"),
                List.of("java", "-XX:+UseSerialGC", "-jar", "/run/failover-lab/application.jar"),
                List.of(),
                false);
        Topology two = TopologyFile.named("two-web-one-db");
        LoadBalancer balancer = two.loadBalancer();
        Topology topology = two.withLoadBalancer(
                balancer.withHealthCheck(balancer.healthCheck().withPath("/"))
                        .withRetry(application.retry(balancer.forwarding().retry())));
        try (TestSession test = TestSession.up("0a99e1", topology, Optional.of(application))) {
            URI service = test.lab().environment().service();
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(service).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("GREETING=hello\n", "MYSQL_HOST=", "SPRING_DATASOURCE_URL=jdbc:mysql://")
                    .containsPattern("MYSQL_PASSWORD=[0-9a-f]{48}\n")
                    .containsPattern("SPRING_DATASOURCE_PASSWORD=[0-9a-f]{48}\n");
            Ec2Instance web = test.lab().environment().instance("web-1a");
            assertThat(web.processes().stream().map(Ec2Instance.Process::commandLine))
                    .as("its server is a child of the instance's own first process, so that it can be killed alone")
                    .anyMatch(line -> line.startsWith("java "));
            assertThat(test.lab().scrapeTargets()).isEmpty();
        }
    }
}
