package io.failoverlab.topology;

/**
 * An Availability Zone.
 *
 * @param region such as {@code ap-northeast-1}
 * @param letter such as {@code a}: how a topology writes the zone
 */
public record Zone(String region, String letter) {
    /** The region that is used unless a topology names one. */
    public static final String DEFAULT_REGION = "ap-northeast-1";

    public Zone {
        Names.requireRegion(region);
        Names.requireZoneLetter(letter);
    }

    /** AWS's name of the zone, such as {@code ap-northeast-1a}. */
    public String azName() {
        return region + letter;
    }
}
