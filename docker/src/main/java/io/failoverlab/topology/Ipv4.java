package io.failoverlab.topology;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 address.
 *
 * @param value the address as a number, 0 to 2³²-1
 */
public record Ipv4(long value) implements Comparable<Ipv4> {
    static final String FORM = "an address such as 10.0.10.10";

    private static final long LAST = 0xFFFF_FFFFL;
    private static final String OCTET = "(0|[1-9]\\d{0,2})";
    private static final Pattern OCTETS = Pattern.compile("%1$s\\.%1$s\\.%1$s\\.%1$s".formatted(OCTET));

    public Ipv4 {
        if (value < 0 || value > LAST) {
            throw new IllegalArgumentException("expected an IPv4 address as a number from 0 to 2^32-1, found " + value);
        }
    }

    /**
     * Reads {@code 10.0.10.10}. An octet with a leading zero is refused: some programs read it as octal.
     *
     * @throws IllegalArgumentException if the text is not an address
     */
    public static Ipv4 parse(String text) {
        Matcher octets = OCTETS.matcher(text);
        long value = 0;
        for (int i = 1; i <= 4; i++) {
            int octet = octets.matches() ? Integer.parseInt(octets.group(i)) : Integer.MAX_VALUE;
            if (octet > 255) {
                throw new IllegalArgumentException("expected " + FORM + ", found '" + text + "'");
            }
            value = value << 8 | octet;
        }
        return new Ipv4(value);
    }

    /** The address that many steps on. */
    public Ipv4 plus(long steps) {
        return new Ipv4(value + steps);
    }

    @Override
    public int compareTo(Ipv4 other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "%d.%d.%d.%d".formatted(value >> 24, value >> 16 & 255, value >> 8 & 255, value & 255);
    }
}
