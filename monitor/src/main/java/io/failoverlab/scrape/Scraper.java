package io.failoverlab.scrape;

import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricSink;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes every target when told to. A target that fails or hangs costs only its own datapoints: its metric {@code up} becomes 0
 * and it is asked again the next time.
 */
public final class Scraper {
    private static final Logger LOG = LoggerFactory.getLogger(Scraper.class);
    private static final String ACCEPT =
            "application/openmetrics-text;version=1.0.0;q=0.9,text/plain;version=0.0.4;q=0.8";
    private static final int MAX_BYTES = 16 << 20;

    private final List<Target> fixed;
    private final Optional<TargetFile> file;
    private final MetricSink sink;
    private final CloseableHttpClient client;
    private final Executor executor;
    private final Deadline deadline;
    private final InstantSource clock;
    private final Histogram duration;
    private final Counter failures;
    private final Counter dropped;

    private final Map<Target, TargetState> states = new ConcurrentHashMap<>();
    private final Set<Target> busy = ConcurrentHashMap.newKeySet();
    private final Set<Target> down = ConcurrentHashMap.newKeySet();
    /** From the time a target was due until its datapoints were kept, in its last scrape. */
    private final Map<Target, Duration> lags = new ConcurrentHashMap<>();

    private List<Target> lastRead = List.of();

    /** Ends what takes too long. */
    @FunctionalInterface
    public interface Deadline {
        /** Runs {@code cancel} when the scrapes that begin now have had their time. */
        void set(Runnable cancel);
    }

    /** @param executor runs scrapes, which block */
    public Scraper(
            List<Target> fixed,
            Optional<TargetFile> file,
            MetricSink sink,
            CloseableHttpClient client,
            Executor executor,
            Deadline deadline,
            InstantSource clock,
            CollectorRegistry registry) {
        this.fixed = List.copyOf(fixed);
        this.file = file;
        this.sink = sink;
        this.client = client;
        this.executor = executor;
        this.deadline = deadline;
        this.clock = clock;
        this.duration = Histogram.build("failoverlab_scrape_duration_seconds", "Time to scrape a target.")
                .buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1)
                .register(registry);
        this.failures = Counter.build("failoverlab_scrape_failures_total", "Scrapes that failed or took too long.")
                .register(registry);
        this.dropped = Counter.build(
                        "failoverlab_scrape_samples_dropped_total", "Samples that cannot be datapoints of CloudWatch.")
                .register(registry);
        Gauge.build("failoverlab_scrape_lag_seconds", "Time until the slowest target's datapoints were kept.")
                .register(registry)
                .setChild(new Gauge.Child() {
                    @Override
                    public double get() {
                        return lag().toNanos() / 1e9;
                    }
                });
    }

    /** How long after the time it was due the datapoints of a target were kept: the longest of the targets' last scrapes. */
    public Duration lag() {
        return lags.values().stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** Starts a scrape of each target that is not being scraped still; returns at once. */
    public void scrapeAll() {
        Instant due = clock.instant();
        List<Target> targets = targets();
        states.keySet().retainAll(Set.copyOf(targets));
        lags.keySet().retainAll(states.keySet());
        List<HttpGet> requests = new ArrayList<>();
        for (Target target : targets) {
            if (busy.add(target)) {
                TargetState state = states.computeIfAbsent(target, TargetState::new);
                HttpGet request = new HttpGet(target.url());
                request.setHeader("Accept", ACCEPT);
                requests.add(request);
                executor.execute(() -> {
                    try {
                        keep(state, scrape(state, request), due);
                    } finally {
                        busy.remove(target);
                    }
                });
            }
        }
        if (!requests.isEmpty()) {
            deadline.set(() -> requests.forEach(HttpGet::cancel));
        }
    }

    /** A target that vanished while it was scraped leaves nothing behind. */
    private void keep(TargetState state, List<Datum> data, Instant due) {
        if (states.get(state.target()) == state) {
            sink.accept(data);
            lags.put(state.target(), Duration.between(due, clock.instant()));
        }
    }

    private List<Target> targets() {
        List<Target> all = new ArrayList<>(fixed);
        if (file.isPresent()) {
            try {
                lastRead = file.get().targets();
            } catch (IOException e) {
                LOG.warn("Scraping the {} targets read before: {}", lastRead.size(), e.getMessage());
            }
        }
        all.addAll(lastRead);
        return all;
    }

    private List<Datum> scrape(TargetState state, HttpGet request) {
        Instant begin = clock.instant();
        TargetState.Reading reading = TargetState.Reading.NONE;
        boolean worked = false;
        try {
            reading = state.read(client.execute(request, Scraper::body), begin);
            worked = true;
            dropped.inc(reading.dropped());
            if (down.remove(state.target())) {
                LOG.info("Scraping {} works again", state.target().url());
            }
        } catch (IOException | TextFormatException e) {
            failures.inc();
            if (down.add(state.target())) {
                LOG.warn("Scraping {} failed: {}", state.target().url(), e.toString());
            }
        }
        Duration took = Duration.between(begin, clock.instant());
        duration.observe(took.toNanos() / 1e9);
        List<Datum> data = new ArrayList<>(reading.data());
        data.addAll(state.ofScrape(worked, reading, took, begin));
        return data;
    }

    private static byte[] body(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != 200) {
            Header elsewhere = response.getFirstHeader("Location"); // not followed: only what was named is asked
            throw new IOException("expected an answer 200, found " + response.getCode()
                    + (elsewhere == null ? "" : " that leads to " + elsewhere.getValue()));
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        boolean packed = "gzip".equalsIgnoreCase(entity.getContentEncoding()); // by targets that never ask
        InputStream content = packed ? new GZIPInputStream(entity.getContent()) : entity.getContent();
        byte[] bytes = content.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("expected at most " + MAX_BYTES + " bytes, found more");
        }
        return bytes;
    }
}
