package io.failoverlab.api;

import io.failoverlab.metric.Scope;
import io.javalin.http.Context;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a request speaks for, read from the credential scope of its signature (AWS General Reference, "Signature Version 4"). The
 * signature itself is not checked: any credentials will do on loopback. An access key of twelve digits is taken as the account, all
 * others belong to the lab's.
 */
final class CredentialScope {
    private static final Pattern CREDENTIAL =
            Pattern.compile("([^/,=\\s]*)/\\d{8}/([^/,\\s]{1,64})/monitoring/aws4_request");

    private CredentialScope() {}

    /** By the signature's header, or the parameter that a signed URL has instead. */
    static Scope ofRequest(Context http) {
        String header = http.header("Authorization");
        return of(header == null ? http.queryParam("X-Amz-Credential") : header);
    }

    /** @param credential something that contains the credential scope, or null */
    static Scope of(String credential) {
        Matcher matcher = CREDENTIAL.matcher(credential == null ? "" : credential);
        if (!matcher.find() || !Scope.isRegion(matcher.group(2))) {
            return Scope.LAB;
        }
        String key = matcher.group(1);
        return new Scope(Scope.isAccount(key) ? key : Scope.LAB.account(), matcher.group(2));
    }
}
