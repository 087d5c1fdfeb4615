package io.failoverlab.bench;

import java.time.Duration;
import java.util.Optional;

/** How much is measured; a part that is empty is left out. */
public record Sizes(
        Optional<Killing> killing,
        Optional<Scraping> scraping,
        Optional<Putting> putting,
        Optional<Reading> reading,
        Optional<Evaluating> evaluating) {
    private static final long MOST_DATAPOINTS = 100_800;

    /** Instances of a stack that is up. */
    public record Killing(int kills) {
        public Killing {
            require(kills >= 1 && kills <= 1_000, "1 to 1,000 kills", kills);
        }
    }

    /**
     * What is scraped every second.
     *
     * @param series of each target
     * @param settle before it is measured what it costs
     * @param duration of the measurement
     */
    public record Scraping(int targets, int series, Duration settle, Duration duration) {
        public Scraping {
            require(targets >= 1 && targets <= 1_000, "1 to 1,000 targets", targets);
            require(series >= 20 && series <= 100_000, "20 to 100,000 series of each target", series);
            require(!settle.isNegative(), "no negative time to settle", settle);
            require(duration.toSeconds() >= 1, "at least a second to measure the cost of scraping", duration);
        }
    }

    /** @param duration of each of two measurements, of which whole seconds count */
    public record Putting(int clients, Duration duration) {
        public Putting {
            require(clients >= 1 && clients <= 64, "1 to 64 clients", clients);
            require(duration.toSeconds() >= 1, "at least a second to put", duration);
        }
    }

    /** What one GetMetricData reads, and how often it does. */
    public record Reading(int series, int minutes, int reads) {
        public Reading {
            require(series >= 1 && series <= 500, "1 to 500 series to read, CloudWatch's limit", series);
            require(
                    minutes >= 1 && (long) series * minutes <= MOST_DATAPOINTS,
                    "at least a minute, and at most 100,800 datapoints in all",
                    series + " series of " + minutes + " minutes");
            require(reads >= 1, "at least one read", reads);
        }
    }

    /** How many alarms, and how often all of them are evaluated. */
    public record Evaluating(int alarms, int rounds) {
        public Evaluating {
            require(alarms >= 1 && alarms <= 100_000, "1 to 100,000 alarms", alarms);
            require(rounds >= 1 && rounds <= 1_000, "1 to 1,000 rounds", rounds);
        }
    }

    private static void require(boolean holds, String expected, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("expected " + expected + ", found " + found);
        }
    }
}
