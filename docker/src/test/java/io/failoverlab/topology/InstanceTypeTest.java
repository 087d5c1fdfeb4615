package io.failoverlab.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceTypeTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            t2.micro,  1, 1073741824
            t2.small,  1, 2147483648
            t2.medium, 2, 4294967296
            t3.micro,  2, 1073741824
            t3.small,  2, 2147483648
            t3.medium, 2, 4294967296
            m5.large,  2, 8589934592
            """)
    void typesHaveTheSizesOfAws(String name, int vcpus, long memoryBytes) {
        InstanceType type = InstanceType.named().get(name);
        assertThat(type.awsName()).isEqualTo(name);
        assertThat(type.vcpus()).isEqualTo(vcpus);
        assertThat(type.memoryBytes()).isEqualTo(memoryBytes);
        assertThat(InstanceType.dbClasses()).containsEntry("db." + name, type);
        assertThat(type.dbClass()).isEqualTo("db." + name);
    }

    @Test
    void aVcpuIsTheDeclaredShareOfACore() {
        assertThat(new CpuScale(0.5).cores(InstanceType.T3_SMALL)).isEqualTo(1.0);
        assertThat(new CpuScale(0.25).cores(InstanceType.T2_MICRO)).isEqualTo(0.25);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CpuScale(0))
                .withMessage("expected 0.05 to 4.0 cores for a vCPU, found 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new CpuScale(Double.NaN));
    }
}
