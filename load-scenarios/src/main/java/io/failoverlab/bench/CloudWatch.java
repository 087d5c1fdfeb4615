package io.failoverlab.bench;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;

/** The unmodified AWS SDK for Java, which speaks CBOR, pointed at a monitor. */
final class CloudWatch {
    static final String NAMESPACE = "Bench";
    /** The lab's own region, where the monitor tells of itself. */
    private static final Region REGION = Region.AP_NORTHEAST_1;

    private CloudWatch() {}

    static CloudWatchClient client(URI monitor) {
        return CloudWatchClient.builder()
                .endpointOverride(monitor)
                .region(REGION)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("lab", "lab")))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(2))
                        .socketTimeout(Duration.ofSeconds(20)))
                .build();
    }

    /** A metric of the benchmark, told apart from the others by its number. */
    static Metric metric(String name, int number) {
        return Metric.builder()
                .namespace(NAMESPACE)
                .metricName(name)
                .dimensions(dimension(number))
                .build();
    }

    static Dimension dimension(int number) {
        return Dimension.builder()
                .name("InstanceId")
                .value("i-%017x".formatted(number))
                .build();
    }
}
