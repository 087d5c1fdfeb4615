package io.failoverlab.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.metric.Scope;
import org.junit.jupiter.api.Test;

class CredentialScopeTest {
    private static String signedBy(String credential) {
        return "AWS4-HMAC-SHA256 Credential=" + credential + "/aws4_request, SignedHeaders=host, Signature=00";
    }

    @Test
    void regionOfTheSignature() {
        assertThat(CredentialScope.of(signedBy("AKIDEXAMPLE/20261124/eu-west-1/monitoring")))
                .isEqualTo(new Scope("000000000000", "eu-west-1"));
    }

    @Test
    void keyOfTwelveDigitsIsAnAccount() {
        assertThat(CredentialScope.of(signedBy("123456789012/20261124/cn-north-1/monitoring")))
                .isEqualTo(new Scope("123456789012", "cn-north-1"));
    }

    @Test
    void whatNamesNoRegionIsTheLabs() {
        assertThat(CredentialScope.of(null)).isEqualTo(Scope.LAB);
        assertThat(CredentialScope.of("Bearer abc")).isEqualTo(Scope.LAB);
        assertThat(CredentialScope.of(signedBy("AKID/20261124/EU WEST/monitoring")))
                .isEqualTo(Scope.LAB);
    }
}
