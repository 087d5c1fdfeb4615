package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardEntry;
import software.amazon.awssdk.services.cloudwatch.model.DashboardInvalidInputErrorException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardNotFoundErrorException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardValidationMessage;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardResponse;

/** Dashboards put, got, listed and deleted. */
class DashboardsApiTest extends ClientAgainstMonitor {
    private static final String ARN = "arn:aws:cloudwatch::000000000000:dashboard/";
    private static final String BODY = """
            {"widgets": [
              {"type":"metric","properties":{"region":"ap-northeast-1",
                 "metrics":[["AWS/EC2","CPUUtilization","InstanceId","i-0"],[".","NetworkIn",".","."]]}},
              {"type":"text","properties":{"markdown":"Grüße"}}]}""";

    private void put(String name, String body) {
        client.putDashboard(request -> request.dashboardName(name).dashboardBody(body));
    }

    @Test
    void aDashboardIsGivenBackToTheLetter() {
        assertThat(client.putDashboard(
                                request -> request.dashboardName("letter").dashboardBody(BODY))
                        .dashboardValidationMessages())
                .isEmpty();
        GetDashboardResponse dashboard = client.getDashboard(request -> request.dashboardName("letter"));
        assertThat(dashboard.dashboardBody()).isEqualTo(BODY);
        assertThat(dashboard.dashboardArn()).isEqualTo(ARN + "letter");
        DashboardEntry entry = client.listDashboards(request -> request.dashboardNamePrefix("lett"))
                .dashboardEntries()
                .getFirst();
        assertThat(entry.lastModified()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(entry)
                .isEqualTo(DashboardEntry.builder()
                        .dashboardName("letter")
                        .dashboardArn(ARN + "letter")
                        .lastModified(entry.lastModified())
                        .size(BODY.length() + 2L) // in UTF-8 ü and ß have two bytes
                        .build());
    }

    @Test
    void whatIsWrongWithABodyIsToldWithItsPath() {
        DashboardInvalidInputErrorException refused = catchThrowableOfType(
                DashboardInvalidInputErrorException.class,
                () -> put("wrong", "{\"widgets\":[{\"type\":\"alarm\",\"properties\":{\"alarms\":[]}}]}"));
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterInput");
        assertThat(refused.awsErrorDetails().errorMessage())
                .isEqualTo("The dashboard body is invalid, there are 1 validation errors:\n[\n  {\n"
                        + "    \"dataPath\": \"/widgets/0/properties/alarms\",\n"
                        + "    \"message\": \"Should NOT have less than 1 items\"\n  }\n]");
        assertThat(refused.dashboardValidationMessages())
                .containsExactly(DashboardValidationMessage.builder()
                        .dataPath("/widgets/0/properties/alarms")
                        .message("Should NOT have less than 1 items")
                        .build());
        assertThat(catchThrowableOfType(
                        DashboardNotFoundErrorException.class,
                        () -> client.getDashboard(request -> request.dashboardName("wrong"))))
                .isNotNull();
    }

    @Test
    void aWarningKeepsTheDashboard() {
        assertThat(client.putDashboard(request ->
                                request.dashboardName("warned").dashboardBody("{\"widgets\":[],\"colour\":\"red\"}"))
                        .dashboardValidationMessages())
                .containsExactly(DashboardValidationMessage.builder()
                        .dataPath("")
                        .message("Should NOT have additional property 'colour'")
                        .build());
        assertThat(client.getDashboard(request -> request.dashboardName("warned"))
                        .dashboardBody())
                .isEqualTo("{\"widgets\":[],\"colour\":\"red\"}");
    }

    @Test
    void dashboardsAreDeletedTogetherOrNotAtAll() {
        put("one", "{\"widgets\":[]}");
        put("two", "{\"widgets\":[]}");
        CloudWatchException refused = catchThrowableOfType(
                CloudWatchException.class,
                () -> client.deleteDashboards(request -> request.dashboardNames("one", "nobody")));
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ResourceNotFound");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(client.getDashboard(request -> request.dashboardName("one")).dashboardName())
                .isEqualTo("one");
        client.deleteDashboards(request -> request.dashboardNames("one", "two"));
        assertThat(client.listDashboards(request -> request.dashboardNamePrefix("one"))
                        .dashboardEntries())
                .isEmpty();
    }

    @Test
    void aPageGoesOnAfterTheLastNameThoughOthersComeAndGo() {
        IntStream.range(0, 1001).forEach(i -> put("page-%04d".formatted(i), "{\"widgets\":[]}"));
        String token = client.listDashboards(request -> request.dashboardNamePrefix("page-"))
                .nextToken();
        client.deleteDashboards(request -> request.dashboardNames("page-0000", "page-0999"));
        put("page-0000-more", "{\"widgets\":[]}");
        assertThat(client.listDashboards(
                                request -> request.dashboardNamePrefix("page-").nextToken(token))
                        .dashboardEntries())
                .extracting(DashboardEntry::dashboardName)
                .containsExactly("page-1000");
    }
}
