package io.failoverlab.elb;

/**
 * Renders which of a client's cookies its requests take along to the targets: all but the logins of monitors' pages. A browser
 * keeps one set of cookies for all ports of a host name (RFC 6265, section 8.5), so that it sends the balancer what the page on the
 * same address set, and a target that was broken into would have the login. What the balancer itself reads, such as the cookie of
 * stickiness, it reads before. Pure.
 */
final class ForwardedCookies {
    /** Holds the cookies that are forwarded; nginx leaves a header out whose value is empty. */
    static final String VARIABLE = "$lab_cookies";

    /** A browser that was let in by more monitors than this has all its cookies kept back. */
    static final int MOST_LOGINS = 4;

    private static final String LOGIN = "failoverlab-[0-9]+=[^;]*";

    private ForwardedCookies() {}

    static String render() {
        StringBuilder maps = new StringBuilder();
        String from = "$http_cookie";
        for (int login = 1; login <= MOST_LOGINS; login++) {
            String into = VARIABLE + "_" + login;
            maps.append(withoutOne(from, into, login));
            from = into;
        }
        return maps.append("""
                  map %s %s {
                    default %s;
                    "~failoverlab-[0-9]+=" "";
                  }
                """.formatted(from, VARIABLE, from)).toString();
    }

    /** One after the other, since a map replaces once. The names of what its expressions capture are the request's. */
    private static String withoutOne(String from, String into, int login) {
        return """
                  map %1$s %2$s {
                    default %1$s;
                    "~^(?<labhead%4$d>.+?); *%3$s(?<labtail%4$d>.*)$" $labhead%4$d$labtail%4$d;
                    "~^ *%3$s;? *(?<labrest%4$d>.*)$" $labrest%4$d;
                  }
                """.formatted(from, into, LOGIN, login);
    }
}
