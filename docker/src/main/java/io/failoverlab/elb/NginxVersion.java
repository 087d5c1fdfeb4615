package io.failoverlab.elb;

import io.failoverlab.topology.LoadBalancer;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which nginx serves a balancer, and what it must be able to. */
public record NginxVersion(int major, int minor, int patch) implements Comparable<NginxVersion> {
    /** Since then the free edition has {@code sticky} (nginx's changes, 1.29.6). */
    private static final NginxVersion STICKY = new NginxVersion(1, 29, 6);

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(\\D.*)?");

    /**
     * @param text as nginx tells it, such as {@code 1.30.6}
     * @throws IllegalArgumentException if it is no version
     */
    public static NginxVersion parse(String text) {
        Matcher number = FORM.matcher(text.strip());
        if (!number.matches()) {
            throw new IllegalArgumentException("expected a version of nginx such as 1.30.6, found '" + text + "'");
        }
        return new NginxVersion(
                Integer.parseInt(number.group(1)),
                Integer.parseInt(number.group(2)),
                Integer.parseInt(number.group(3)));
    }

    /** @throws IllegalArgumentException if it would refuse that balancer's configuration */
    public void require(LoadBalancer model) {
        if (model.targetGroup().stickiness().isPresent() && compareTo(STICKY) < 0) {
            throw new IllegalArgumentException("expected nginx " + STICKY
                    + " or later for load-balancer.stickiness, found nginx " + this
                    + " in the balancer's image; `lab images build` makes it anew, or leave stickiness out");
        }
    }

    @Override
    public int compareTo(NginxVersion other) {
        return Comparator.comparingInt(NginxVersion::major)
                .thenComparingInt(NginxVersion::minor)
                .thenComparingInt(NginxVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
