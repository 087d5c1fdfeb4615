package io.failoverlab.profile;

import java.net.URI;

/** An address that load may be sent to. Only {@link TargetPolicy} makes one, so nothing else can be loaded. */
public final class LoadTarget {
    private final URI uri;
    private final String network;

    LoadTarget(URI uri, String network) {
        this.uri = uri;
        this.network = network;
    }

    /** Scheme, numeric address and port: a name was looked up once, so it cannot become another address later. */
    public URI uri() {
        return uri;
    }

    /** The permitted network that the address lies in, such as 127.0.0.0/8. */
    public String network() {
        return network;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoadTarget that && uri.equals(that.uri) && network.equals(that.network);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
