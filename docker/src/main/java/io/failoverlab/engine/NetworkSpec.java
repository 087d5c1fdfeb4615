package io.failoverlab.engine;

import java.util.Objects;

/**
 * A network to create.
 *
 * @param name the subnet's name, unique in a run
 * @param cidr address range, such as {@code 10.0.10.0/24}
 * @param gateway address of the host on that network
 * @param internal whether containers on it are kept from leaving it
 */
public record NetworkSpec(String name, String cidr, String gateway, boolean internal) {
    public NetworkSpec {
        Objects.requireNonNull(name);
        Objects.requireNonNull(cidr);
        Objects.requireNonNull(gateway);
    }
}
