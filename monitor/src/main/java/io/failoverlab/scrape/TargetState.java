package io.failoverlab.scrape;

import io.failoverlab.metric.Aggregate;
import io.failoverlab.metric.Datum;
import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a target between two scrapes: its series and their numbers. The first scrape of all only sets the marks of
 * its counters; a series that was not there in the scrape before began at zero.
 */
final class TargetState {
    private final Target target;
    private final MetricStream up;
    private final MetricStream duration;
    private final MetricStream samples;
    /** Null before the first scrape. */
    private Layout layout;

    private double[] numbers;

    /** What came of a scrape; {@code dropped} samples cannot be datapoints of CloudWatch, by their value, labels or names. */
    record Reading(List<Datum> data, int samples, int dropped) {
        static final Reading NONE = new Reading(List.of(), 0, 0);
    }

    TargetState(Target target) {
        this.target = target;
        this.up = stream("up");
        this.duration = stream("scrape_duration_seconds");
        this.samples = stream("scrape_samples_scraped");
    }

    private MetricStream stream(String name) {
        return new MetricStream(MetricId.of(Layout.NAMESPACE, name, target.labels()), Unit.NONE);
    }

    Target target() {
        return target;
    }

    /** The metrics that Prometheus, too, keeps of each scrape. */
    List<Datum> ofScrape(boolean worked, Reading reading, Duration took, Instant now) {
        return List.of(
                new Datum(up, now, Aggregate.ofValue(worked ? 1 : 0), 1),
                new Datum(duration, now, Aggregate.ofValue(took.toNanos() / 1e9), 1),
                new Datum(samples, now, Aggregate.ofValue(reading.samples()), 1));
    }

    Reading read(byte[] body, Instant now) throws TextFormatException {
        double[] found = layout == null ? null : layout.numbers(body);
        Layout present = layout;
        if (found == null) {
            Exposition exposition = PrometheusText.parse(body);
            present = new Layout(target, exposition);
            found = exposition.samples().stream()
                    .mapToDouble(Exposition.Sample::value)
                    .toArray();
        }
        double[] before = layout == null ? null : present.comparable(found, layout, numbers);
        layout = present;
        numbers = found;
        return read(before, now);
    }

    private Reading read(double[] before, Instant now) {
        List<Datum> data = new ArrayList<>(layout.readers().size() + 3);
        int dropped = layout.unusable();
        for (Reader reader : layout.readers()) {
            Optional<Aggregate> value = reader.read(numbers, before);
            if (value.isPresent()) {
                if (Double.isFinite(value.get().sum())) {
                    data.add(new Datum(reader.stream(), now, value.get(), 1));
                } else {
                    dropped++;
                }
            }
        }
        return new Reading(data, layout.samples(), dropped);
    }
}
