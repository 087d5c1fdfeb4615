package io.failoverlab.topology;

import java.util.Comparator;

/**
 * A block of addresses, such as {@code 10.0.10.0/24}.
 *
 * @param network its first address; the bits behind the prefix are zero
 * @param prefix 0 to 32
 */
public record Cidr(Ipv4 network, int prefix) implements Comparable<Cidr> {
    private static final Comparator<Cidr> ORDER =
            Comparator.comparing(Cidr::network).thenComparingInt(Cidr::prefix);

    public Cidr {
        if (prefix < 0 || prefix > 32) {
            throw new IllegalArgumentException("expected a prefix from 0 to 32, found " + prefix);
        }
        long beyond = network.value() % (1L << 32 - prefix);
        if (beyond != 0) {
            throw new IllegalArgumentException("expected the first address of the block, %s/%d, found %s/%d"
                    .formatted(network.plus(-beyond), prefix, network, prefix));
        }
    }

    /** @throws IllegalArgumentException if the text is not a block */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9]\\d?")) {
            throw new IllegalArgumentException("expected a block such as 10.0.0.0/16, found '" + text + "'");
        }
        return new Cidr(Ipv4.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** The number of addresses. */
    public long size() {
        return 1L << 32 - prefix;
    }

    public Ipv4 last() {
        return network.plus(size() - 1);
    }

    public boolean contains(Ipv4 address) {
        return network.compareTo(address) <= 0 && address.compareTo(last()) <= 0;
    }

    public boolean contains(Cidr other) {
        return contains(other.network) && contains(other.last());
    }

    /** Two blocks share addresses only if one lies inside the other. */
    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    @Override
    public int compareTo(Cidr other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
