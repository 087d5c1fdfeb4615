package io.failoverlab.elb;

import io.failoverlab.topology.CodeMatcher;
import io.failoverlab.topology.HealthCheck;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** Carries out health checks, each on a new connection: an old one could still reach what a new one no longer does. */
final class HealthProbe implements AutoCloseable {
    private final HealthCheck check;
    private final boolean identified;
    private final CloseableHttpClient client;

    /** @param identified whether targets tell who they are; what answers at the right address is right otherwise */
    HealthProbe(HealthCheck check, boolean identified) {
        this.check = check;
        this.identified = identified;
        this.client = client(check.timeout());
    }

    /** A client that asks each time on a new connection, once, and gives up after the limit. */
    static CloseableHttpClient client(Duration limit) {
        Timeout timeout = Timeout.of(limit.toMillis(), TimeUnit.MILLISECONDS);
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(16)
                        .setMaxConnTotal(256)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(timeout).build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .setUserAgent("ELB-HealthChecker/2.0")
                .build();
    }

    ProbeResult check(Target target) {
        String endpoint = target.address() + ":" + port(target);
        try {
            return switch (check.question()) {
                case HealthCheck.Question.Http(String path, CodeMatcher matcher) ->
                    client.execute(
                            new HttpGet("http://" + endpoint + path), response -> judge(target, matcher, response));
                case HealthCheck.Question.Tcp() -> connect(target);
            };
        } catch (SocketTimeoutException late) {
            return new ProbeResult.TimedOut(check.timeout());
        } catch (ConnectException refused) {
            return new ProbeResult.Failed("the connection to " + endpoint + " was refused");
        } catch (IOException broken) {
            return new ProbeResult.Failed("the connection to " + endpoint + " broke: " + broken.getMessage());
        }
    }

    private int port(Target target) {
        return check.port().orElse(target.port());
    }

    private ProbeResult connect(Target target) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(target.address(), port(target)), (int)
                    check.timeout().toMillis());
            return new ProbeResult.Passed();
        }
    }

    private ProbeResult judge(Target target, CodeMatcher matcher, ClassicHttpResponse response) {
        EntityUtils.consumeQuietly(response.getEntity());
        if (!matcher.matches(response.getCode())) {
            return new ProbeResult.WrongCode(matcher.toString(), response.getCode());
        }
        if (!identified) {
            return new ProbeResult.Passed();
        }
        Header identity = response.getFirstHeader("X-Instance-Id");
        String found = identity == null ? "one without X-Instance-Id" : identity.getValue();
        return found.equals(target.instanceId())
                ? new ProbeResult.Passed()
                : new ProbeResult.WrongInstance(target.instanceId(), found);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
