package io.failoverlab.session;

/**
 * A whole number that an action can be given.
 *
 * @param name of its field
 * @param unit such as {@code s}; empty for a mere number
 * @param value that is proposed
 * @param option how the command is told, with {@code {}} for the number
 * @param optional whether it may be left out
 */
record OfferParameter(String name, String unit, int value, int minimum, int maximum, String option, boolean optional) {

    /** @throws IllegalArgumentException with what was expected, if it is no number within the range */
    int read(String given) {
        try {
            int number = Integer.parseInt(given);
            if (number >= minimum && number <= maximum) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // told below
        }
        throw new IllegalArgumentException(name + ": expected a whole number from " + minimum + " to " + maximum
                + (unit.isEmpty() ? "" : " " + unit) + ", found '" + given + "'");
    }

    /** The command's words for a number. */
    String words(int number) {
        return option.replace("{}", Integer.toString(number));
    }
}
