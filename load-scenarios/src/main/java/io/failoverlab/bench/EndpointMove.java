package io.failoverlab.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One move of an endpoint.
 *
 * @param took until whoever moved it had done
 * @param found from the begin of the move until a client that looks the name up each time was answered by the other server
 * @param foundWithCache the same, of a JVM that keeps addresses for {@link EndpointBench#CACHE}
 */
public record EndpointMove(EndpointWay way, Duration took, Duration found, Duration foundWithCache) {

    /** A row for each way, with the median and the worst of its moves. */
    public static List<List<String>> table(List<EndpointMove> moves) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("THE NAME IS MOVED BY", "MOVES", "MOVING TAKES", "FOUND, NO CACHE", "FOUND, JVM CACHE 5 S"));
        for (EndpointWay way : EndpointWay.values()) {
            List<EndpointMove> of = moves.stream().filter(it -> it.way() == way).toList();
            if (!of.isEmpty()) {
                rows.add(List.of(
                        way.title(),
                        Integer.toString(of.size()),
                        spread(of.stream().map(EndpointMove::took).toList()),
                        spread(of.stream().map(EndpointMove::found).toList()),
                        spread(of.stream().map(EndpointMove::foundWithCache).toList())));
            }
        }
        return rows;
    }

    private static String spread(List<Duration> times) {
        Spread spread = Spread.of(times.stream().map(it -> it.toNanos() / 1e6).toList());
        return String.format(Locale.ROOT, "%,.0f ms (worst %,.0f)", spread.median(), spread.max());
    }
}
