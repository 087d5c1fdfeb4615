package io.failoverlab.elb;

import java.util.List;

/**
 * Whom to send requests to.
 *
 * @param shares targets with their parts of the requests; none means that every request is answered with 503, as ELB does
 * @param reserve every target that is registered and not leaving, to be tried when those with a share fail
 */
public record Rotation(List<Share> shares, List<Target> reserve) {
    /** Nobody. */
    static final Rotation EMPTY = new Rotation(List.of(), List.of());

    /**
     * A target's part.
     *
     * @param weight compared with those of the others, 1 or more
     */
    public record Share(Target target, int weight) {
        public Share {
            if (weight < 1) {
                throw new IllegalArgumentException(
                        "expected a weight of 1 or more for " + target.name() + ", found " + weight);
            }
        }
    }

    public Rotation {
        shares = List.copyOf(shares);
        reserve = List.copyOf(reserve);
    }

    /** Those with a share. */
    public List<Target> targets() {
        return shares.stream().map(Share::target).toList();
    }
}
