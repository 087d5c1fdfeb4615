package io.failoverlab.environment;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Sends each request exactly once, several at a time, and counts the answers. */
final class CountingClient implements AutoCloseable {
    private final ExecutorService senders;
    private final CloseableHttpClient http;
    private final Map<Integer, Long> statuses = new ConcurrentSkipListMap<>();
    private final Set<SocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();

    CountingClient(int atATime) {
        senders = Executors.newFixedThreadPool(atATime);
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(atATime)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(20, TimeUnit.SECONDS)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .build();
    }

    /** Returns when all are answered. */
    void send(int count, IntFunction<HttpUriRequestBase> requests) {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HttpUriRequestBase request = requests.apply(i);
            sent.add(senders.submit(() -> send(request)));
        }
        for (Future<?> one : sent) {
            try {
                one.get();
            } catch (InterruptedException | ExecutionException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    private void send(HttpUriRequestBase request) {
        HttpClientContext context = HttpClientContext.create();
        try {
            http.execute(request, context, response -> {
                statuses.merge(response.getCode(), 1L, Long::sum);
                connections.add(context.getEndpointDetails().getLocalAddress());
                EntityUtils.consume(response.getEntity());
                return null;
            });
        } catch (IOException failure) {
            failures.add(failure);
        }
    }

    long total() {
        return statuses.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<Integer, Long> statuses() {
        return new TreeMap<>(statuses);
    }

    /** How many connections carried an answer. */
    long connections() {
        return connections.size();
    }

    List<IOException> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws IOException {
        senders.shutdownNow();
        http.close();
    }
}
