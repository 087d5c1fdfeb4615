package io.failoverlab.elb;

import java.io.IOException;
import java.net.ConnectException;
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

/** Asks over HTTP, each time on a new connection: an old one could still reach what a new one no longer does. */
final class HealthProbe implements AutoCloseable {
    private final String path;
    private final Duration limit;
    private final int expectedCode;
    private final CloseableHttpClient client;

    HealthProbe(String path, Duration limit, int expectedCode) {
        this.path = path;
        this.limit = limit;
        this.expectedCode = expectedCode;
        Timeout timeout = Timeout.of(limit.toMillis(), TimeUnit.MILLISECONDS);
        this.client = HttpClients.custom()
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
        try {
            return client.execute(
                    new HttpGet("http://" + target.endpoint() + path), response -> judge(target, response));
        } catch (SocketTimeoutException late) {
            return new ProbeResult.TimedOut(limit);
        } catch (ConnectException refused) {
            return new ProbeResult.Failed("the connection to " + target.endpoint() + " was refused");
        } catch (IOException broken) {
            return new ProbeResult.Failed("the connection to " + target.endpoint() + " broke: " + broken.getMessage());
        }
    }

    private ProbeResult judge(Target target, ClassicHttpResponse response) {
        EntityUtils.consumeQuietly(response.getEntity());
        if (response.getCode() != expectedCode) {
            return new ProbeResult.WrongCode(expectedCode, response.getCode());
        }
        Header identity = response.getFirstHeader("X-Instance-Id");
        String found = identity == null ? "one without X-Instance-Id" : identity.getValue();
        return found.equals(target.instanceId())
                ? new ProbeResult.Passed()
                : new ProbeResult.WrongInstance(target.instanceId(), found);
    }

    /** The body of a small answer, or empty text if there is none. */
    String read(String url) {
        try {
            return client.execute(
                    new HttpGet(url),
                    response -> EntityUtils.toString(response.getEntity()).strip());
        } catch (IOException noAnswer) {
            return "";
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
