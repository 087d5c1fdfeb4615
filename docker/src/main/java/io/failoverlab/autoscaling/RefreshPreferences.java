package io.failoverlab.autoscaling;

/**
 * How an instance refresh goes (EC2 Auto Scaling guide, "Instance refresh"; AWS's defaults are 90 and 100).
 *
 * @param minHealthyPercentage 0 to 100: of the desired capacity that must serve throughout; at least one instance is
 *     replaced at a time all the same
 * @param maxHealthyPercentage 100 to 200: above 100 newcomers are launched first
 */
public record RefreshPreferences(int minHealthyPercentage, int maxHealthyPercentage) {
    public static final RefreshPreferences AWS_DEFAULT = new RefreshPreferences(90, 100);

    public RefreshPreferences {
        if (minHealthyPercentage < 0
                || minHealthyPercentage > 100
                || maxHealthyPercentage < 100
                || maxHealthyPercentage > 200) {
            throw new IllegalArgumentException(
                    "expected a minimum healthy percentage of 0 to 100 and a maximum of 100 to 200, found "
                            + minHealthyPercentage + " and " + maxHealthyPercentage);
        }
    }
}
