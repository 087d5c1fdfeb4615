package io.failoverlab.bench;

import java.util.OptionalDouble;

/**
 * A figure of one subject.
 *
 * @param subject whose it is
 * @param attempts how often it was tried to measure it; at least as often as it was measured
 * @param ratio the median divided by the peer's; empty for the peer itself and where there is none
 * @param aim {@link Aim.None} for a peer
 */
public record Row(Figure figure, String subject, Spread spread, int attempts, OptionalDouble ratio, Aim aim) {
    public Row {
        if (subject.isBlank() || attempts < spread.count()) {
            throw new IllegalArgumentException("expected a subject and at least " + spread.count()
                    + " attempts, found '" + subject + "' and " + attempts);
        }
    }

    /** Of the monitor, without anybody to compare with. */
    static Row alone(Figure figure, String subject, Spread spread) {
        return new Row(figure, subject, spread, spread.count(), OptionalDouble.empty(), figure.aim());
    }

    /** Of somebody else, to compare with. */
    static Row ofPeer(Figure figure, String subject, Spread spread, int attempts) {
        return new Row(figure, subject, spread, attempts, OptionalDouble.empty(), new Aim.None());
    }

    /** Of the monitor, beside a peer. A peer's zero has no ratio, and an aim on it is not met. */
    static Row beside(Row peer, String subject, Spread spread, int attempts) {
        double divisor = peer.spread().median();
        OptionalDouble ratio = divisor > 0 ? OptionalDouble.of(spread.median() / divisor) : OptionalDouble.empty();
        return new Row(
                peer.figure(), subject, spread, attempts, ratio, peer.figure().aim());
    }

    /** An aim is met only by measurements none of which failed. */
    public boolean isAimMet() {
        return attempts == spread.count() && aim.isMet(spread, ratio);
    }

    public boolean hasAim() {
        return !(aim instanceof Aim.None);
    }
}
