package io.failoverlab.monitor;

import io.failoverlab.exposition.MetricsPage;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP clients that do exactly what they are told: no redirects, no repetition, no cookies, no compression, which costs more than
 * it saves on one machine, and an end to waiting.
 */
final class HttpClientFactory {
    private static final int CONNECTIONS = 200;

    private HttpClientFactory() {}

    /** Made when a URL with https is asked for first: the keys and certificates of TLS take megabytes. */
    private static final class Tls {
        private static final TlsSocketStrategy STRATEGY = DefaultClientTlsStrategy.createDefault();
    }

    /** @param timeout for connecting, and for each wait for an answer */
    static CloseableHttpClient create(Duration timeout) {
        return create(Timeout.of(timeout), Timeout.of(timeout));
    }

    /**
     * For requests that whoever makes them cancels in the end. Each wait with an end of its own would cost two turns of the JVM's
     * timer more, which is much of what a scrape costs.
     *
     * @param timeout for connecting
     */
    static CloseableHttpClient createForCancelled(Duration timeout) {
        return create(Timeout.of(timeout), Timeout.DISABLED);
    }

    private static CloseableHttpClient create(Timeout limit, Timeout answer) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(CONNECTIONS)
                        .setTlsSocketStrategy((socket, host, port, attachment, context) ->
                                Tls.STRATEGY.upgrade(socket, host, port, attachment, context))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(limit)
                                .setSocketTimeout(answer)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(limit)
                        .setResponseTimeout(answer)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .setUserAgent(MetricsPage.USER_AGENT)
                .build();
    }
}
