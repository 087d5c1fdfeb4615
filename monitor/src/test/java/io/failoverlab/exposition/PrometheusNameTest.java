package io.failoverlab.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.metric.MetricId;
import io.failoverlab.metric.MetricStream;
import io.failoverlab.metric.Unit;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusNameTest {
    private static PrometheusName name(String namespace, String metric, Map<String, String> dimensions) {
        return PrometheusName.of(stream(namespace, metric, dimensions));
    }

    private static MetricStream stream(String namespace, String metric, Map<String, String> dimensions) {
        return new MetricStream(MetricId.of(namespace, metric, dimensions), Unit.COUNT);
    }

    /** The names of AWS's are those under which Prometheus's CloudWatch exporter is known to show them. */
    @ParameterizedTest
    @CsvSource({
        "AWS/EC2,            CPUUtilization,             aws_ec2_cpuutilization",
        "AWS/EC2,            StatusCheckFailed_Instance, aws_ec2_status_check_failed_instance",
        "AWS/ApplicationELB, UnHealthyHostCount,         aws_applicationelb_un_healthy_host_count",
        "AWS/ApplicationELB, HTTPCode_Target_5XX_Count,  aws_applicationelb_httpcode_target_5_xx_count",
        "AWS/RDS,            EBSIOBalance%,              aws_rds_ebsiobalance_",
        "My:App,             http.requests,              my_app_http_requests",
        "4you,               99th,                       _4you_99th",
        "é,                  größe,                      _gr_e"
    })
    void metricsAreNamedAsByTheCloudWatchExporter(String namespace, String metric, String family) {
        assertThat(name(namespace, metric, Map.of()).family()).isEqualTo(family);
    }

    @Test
    void dimensionsAreLabels() {
        assertThat(name("AWS/EC2", "CPUUtilization", Map.of("InstanceId", "i-1", "__name__", "x", "1st", "y"))
                        .labels())
                .isEqualTo(new TreeMap<>(Map.of("instance_id", "i-1", "_name_", "x", "_1st", "y")));
    }

    @Test
    void dimensionsOfTheSameLabelAreTwoLabels() {
        assertThat(name("A", "b", Map.of("Host-Name", "1", "HostName", "2", "host_name", "3"))
                        .labels())
                .isEqualTo(new TreeMap<>(Map.of("host_name", "1", "host_name_2", "2", "host_name_3", "3")));
    }

    @Test
    void whatIsNotTheOnlyOneOfItsNameCarriesItsIdentity() {
        MetricStream stream = stream("A", "b", Map.of("cloudwatch", "1"));
        assertThat(PrometheusName.of(stream).identifiedAs(stream).labels())
                .isEqualTo(new TreeMap<>(Map.of("cloudwatch", "1", "cloudwatch_2", "A b {cloudwatch=1} Count")));
    }
}
