package io.failoverlab.profile;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CIDR block of IPv4 or IPv6 addresses. */
final class AddressBlock {
    // Only digits, dots and colons: a name would make the parser ask the resolver.
    private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F.:]+)/(\\d{1,3})");
    /** A network of the lab is never larger; a larger block is a slip that would permit half the internet. */
    private static final int WIDEST = 8;

    private final byte[] network;
    private final int prefix;
    private final String text;

    private AddressBlock(byte[] network, int prefix, String text) {
        this.network = network;
        this.prefix = prefix;
        this.text = text;
    }

    static AddressBlock parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw refused(text);
        }
        int prefix = Integer.parseInt(parts.group(2));
        try {
            byte[] network = InetAddress.getByName(parts.group(1)).getAddress();
            if (prefix < WIDEST || prefix > network.length * Byte.SIZE) {
                throw refused(text);
            }
            return new AddressBlock(network, prefix, text);
        } catch (UnknownHostException notAnAddress) {
            throw refused(text);
        }
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "network: expected a block such as 10.0.1.0/24 (prefix " + WIDEST + " or longer), found " + text);
    }

    boolean contains(InetAddress address) {
        byte[] candidate = address.getAddress();
        if (candidate.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            int index = bit / Byte.SIZE;
            if ((candidate[index] & mask) != (network[index] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressBlock that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
