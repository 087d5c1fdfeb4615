package io.failoverlab.topology;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RDS's formulas over {@code DBInstanceClassMemory}, the memory of an instance class less what RDS's own processes and the
 * operating system take (RDS User Guide, "Specifying DB parameters").
 */
final class ClassMemory {
    /** RDS for MySQL's defaults by class, as its default parameter groups have them. */
    static final Map<String, String> DEFAULTS = Map.of(
            "max_connections", "{DBInstanceClassMemory/12582880}",
            "innodb_buffer_pool_size", "{DBInstanceClassMemory*3/4}");

    private static final Pattern FORMULA =
            Pattern.compile("\\{DBInstanceClassMemory(?:\\*([1-9][0-9]{0,5}))?(?:/([1-9][0-9]{0,9}))?\\}");

    private ClassMemory() {}

    /** The value of a formula for a class; what is no formula is its own value. */
    static String value(String text, InstanceType type) {
        Matcher formula = FORMULA.matcher(text.replace(" ", ""));
        if (!formula.matches()) {
            return text;
        }
        long factor = formula.group(1) == null ? 1 : Long.parseLong(formula.group(1));
        long divisor = formula.group(2) == null ? 1 : Long.parseLong(formula.group(2));
        return Long.toString(bytes(type) * factor / divisor);
    }

    /** AWS does not publish the number; these are what default values of max_connections on RDS come to. */
    private static long bytes(InstanceType type) {
        return switch (type) {
            case T2_MICRO, T3_MICRO -> 66L * 12_582_880;
            case T2_SMALL, T3_SMALL -> 150L * 12_582_880;
            case T2_MEDIUM, T3_MEDIUM -> 312L * 12_582_880;
            case M5_LARGE -> 648L * 12_582_880;
        };
    }
}
