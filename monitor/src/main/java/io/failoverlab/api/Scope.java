package io.failoverlab.api;

import io.failoverlab.alarm.AlarmDocuments;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a request speaks for, read from the credential scope of its signature. The signature itself is not checked: any credentials
 * will do on loopback.
 */
record Scope(String region) {
    /** Where the scope names no region. */
    private static final String DEFAULT_REGION = "ap-northeast-1";

    private static final Pattern CREDENTIAL =
            Pattern.compile("Credential=[^/,\\s]*/\\d{8}/([a-z0-9-]{1,32})/monitoring/aws4_request");

    /** @param authorization the header, or null */
    static Scope ofAuthorization(String authorization) {
        Matcher matcher = CREDENTIAL.matcher(authorization == null ? "" : authorization);
        return new Scope(matcher.find() ? matcher.group(1) : DEFAULT_REGION);
    }

    String alarmArn(String name) {
        return "arn:aws:cloudwatch:" + region + ":" + AlarmDocuments.ACCOUNT + ":alarm:" + name;
    }
}
