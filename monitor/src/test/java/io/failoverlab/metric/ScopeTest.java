package io.failoverlab.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void arnsNameThePartitionOfTheRegion() {
        assertThat(new Scope("123456789012", "eu-west-1").alarmArn("cpu"))
                .isEqualTo("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:cpu");
        assertThat(new Scope("123456789012", "cn-north-1").alarmArn("cpu"))
                .isEqualTo("arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:cpu");
        assertThat(new Scope("123456789012", "us-gov-west-1").dashboardArn("web"))
                .isEqualTo("arn:aws-us-gov:cloudwatch::123456789012:dashboard/web");
    }

    @Test
    void refusesWhatIsNoAccountAndNoRegion() {
        assertThatThrownBy(() -> new Scope("42", "eu-west-1")).hasMessageContaining("'42'");
        assertThatThrownBy(() -> new Scope("123456789012", "../x")).hasMessageContaining("'../x'");
    }
}
