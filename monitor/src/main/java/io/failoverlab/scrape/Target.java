package io.failoverlab.scrape;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that exposes metrics.
 *
 * @param labels become dimensions of all its metrics
 */
public record Target(URI url, SortedMap<String, String> labels) {
    public Target {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "a scrape target is a URL like http://127.0.0.1:9000/metrics, found '" + url + "'");
        }
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** A target known by its URL only: its one label is {@code instance}, as in Prometheus. */
    public static Target of(URI url) {
        return new Target(url, new TreeMap<>(Map.of("instance", String.valueOf(url.getAuthority()))));
    }
}
