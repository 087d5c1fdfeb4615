package io.failoverlab.topology;

import io.failoverlab.document.Field;
import io.failoverlab.document.Section;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms that names must have. */
final class Names {
    /** What is a host name, an ELB name and an RDS identifier at once. */
    static final String FORM = "a name of at most 32 lower-case letters, digits and dashes that begins with a letter";

    static final String REGION_FORM = "a region such as ap-northeast-1";
    static final String ZONE_FORM = "the letter of an Availability Zone, such as a";

    private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,30}[a-z0-9])?");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,3}(-[a-z]{2,12}){1,2}-[1-9]");
    private static final Pattern ZONE_LETTER = Pattern.compile("[a-z]");

    private Names() {}

    static String require(String name) {
        return require(NAME, FORM, name);
    }

    /** The name of an entry of a list, in which each name comes once. */
    static Field<String> unique(Section entry, Set<String> others) {
        Field<String> name = entry.parsed("name", FORM, Names::require).required();
        name.value().filter(it -> !others.add(it)).ifPresent(it -> name.reject("each name once", "a second " + it, ""));
        return name;
    }

    static String requireRegion(String region) {
        return require(REGION, REGION_FORM, region);
    }

    static String requireZoneLetter(String letter) {
        return require(ZONE_LETTER, ZONE_FORM, letter);
    }

    private static String require(Pattern pattern, String form, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("expected " + form + ", found '" + text + "'");
        }
        return text;
    }
}
