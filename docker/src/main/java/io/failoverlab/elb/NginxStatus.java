package io.failoverlab.elb;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nginx's {@code stub_status} page says.
 *
 * @param active client connections that are open now, the one that asked left out
 * @param rejected connections since nginx's start that it closed at once, having no room for them
 */
record NginxStatus(long active, long rejected) {
    private static final Pattern PAGE =
            Pattern.compile("Active connections: (\\d+)\\s+server accepts handled requests\\s+(\\d+) (\\d+) (\\d+)");

    /** Empty if the text is something else. */
    static Optional<NginxStatus> parse(String page) {
        Matcher matcher = PAGE.matcher(page);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        long accepted = Long.parseLong(matcher.group(2));
        long handled = Long.parseLong(matcher.group(3));
        return Optional.of(new NginxStatus(Math.max(0, Long.parseLong(matcher.group(1)) - 1), accepted - handled));
    }
}
