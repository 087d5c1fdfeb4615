package io.failoverlab.topology;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of volumes as text: {@code 512MiB}, {@code 1GiB}. */
public final class StorageSize {
    /** Below that MySQL's own files have no room. RDS's least is 20 GiB. */
    public static final long LEAST = 256L << 20;

    /** It takes memory of this machine. */
    public static final long MOST = 16L << 30;

    static final String FORM = "a size from 256MiB to 16GiB,";

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,5})(MiB|GiB)");

    private StorageSize() {}

    /**
     * In bytes.
     *
     * @throws IllegalArgumentException if it is no size, or not within the bounds
     */
    public static long parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected " + FORM + " found " + text);
        }
        long bytes = Long.parseLong(parts.group(1)) << (parts.group(2).equals("MiB") ? 20 : 30);
        if (bytes < LEAST || bytes > MOST) {
            throw new IllegalArgumentException("expected " + FORM + " found " + text);
        }
        return bytes;
    }

    /** Rounded to whole MiB. */
    public static String print(long bytes) {
        return bytes % (1L << 30) == 0 && bytes > 0 ? (bytes >> 30) + "GiB" : (bytes >> 20) + "MiB";
    }
}
