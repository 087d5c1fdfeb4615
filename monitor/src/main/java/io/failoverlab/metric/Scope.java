package io.failoverlab.metric;

import java.util.regex.Pattern;
import software.amazon.awssdk.regions.GeneratedPartitionMetadataProvider;
import software.amazon.awssdk.regions.Region;

/**
 * An account in a region. CloudWatch keeps what belongs to one apart from what belongs to another: the same metric, alarm or tag in
 * two of them are two.
 *
 * @param account twelve digits
 * @param region its code, for example {@code ap-northeast-1}
 */
public record Scope(String account, String region) {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,8}(-[a-z0-9]{1,16}){1,4}");

    /** Where the lab's own stack lives, and whatever names no region. Stands after the patterns, which it is checked by. */
    public static final Scope LAB = new Scope("000000000000", "ap-northeast-1");

    public Scope {
        if (!isAccount(account)) {
            throw new IllegalArgumentException("an account has twelve digits, found '" + account + "'");
        }
        if (!isRegion(region)) {
            throw new IllegalArgumentException("expected the code of a region like eu-west-1, found '" + region + "'");
        }
    }

    public static boolean isAccount(String text) {
        return ACCOUNT.matcher(text).matches();
    }

    public static boolean isRegion(String text) {
        return REGION.matcher(text).matches();
    }

    /** The ARN of an alarm, in the partition that the region belongs to: {@code aws}, {@code aws-cn} and so on. */
    public String alarmArn(String name) {
        return "arn:" + partition() + ":cloudwatch:" + region + ":" + account + ":alarm:" + name;
    }

    /** Dashboards belong to an account, to no region of it. */
    public String dashboardArn(String name) {
        return "arn:" + partition() + ":cloudwatch::" + account + ":dashboard/" + name;
    }

    /** Asks the SDK's list of partitions alone: {@code PartitionMetadata.of} reads those of all regions and services, too, for good. */
    private String partition() {
        return new GeneratedPartitionMetadataProvider()
                .partitionMetadata(Region.of(region))
                .id();
    }
}
