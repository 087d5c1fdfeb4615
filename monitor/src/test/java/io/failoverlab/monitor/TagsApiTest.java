package io.failoverlab.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** Tags of alarms and dashboards. */
class TagsApiTest extends ClientAgainstMonitor {
    private static final String ALARM = "arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:";
    private static final String DASHBOARD = "arn:aws:cloudwatch::000000000000:dashboard/";

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private List<Tag> tags(String arn) {
        return client.listTagsForResource(request -> request.resourceARN(arn)).tags();
    }

    @Test
    void anAlarmIsTaggedAndUntagged() {
        client.putMetricAlarm(alarm("tagged: one").build());
        String arn = ALARM + "tagged: one";
        assertThat(tags(arn)).isEmpty();
        client.tagResource(request -> request.resourceARN(arn).tags(tag("team", "web"), tag("stage", "")));
        client.tagResource(request -> request.resourceARN(arn).tags(tag("team", "shop")));
        assertThat(tags(arn)).containsExactly(tag("stage", ""), tag("team", "shop"));
        client.untagResource(request -> request.resourceARN(arn).tagKeys("stage", "nobody"));
        assertThat(tags(arn)).containsExactly(tag("team", "shop"));
    }

    @Test
    void aDashboardIsTaggedWhenItIsMadeAndItsTagsGoWithIt() {
        client.putDashboard(request -> request.dashboardName("tagged")
                .dashboardBody("{\"widgets\":[]}")
                .tags(tag("team", "web")));
        assertThat(tags(DASHBOARD + "tagged")).containsExactly(tag("team", "web"));
        client.deleteDashboards(request -> request.dashboardNames("tagged"));
        client.putDashboard(request -> request.dashboardName("tagged").dashboardBody("{\"widgets\":[]}"));
        assertThat(tags(DASHBOARD + "tagged")).isEmpty();
    }

    @Test
    void aResourceHasFiftyTagsAtMost() {
        client.putMetricAlarm(alarm("many").build());
        List<Tag> fifty =
                IntStream.range(0, 50).mapToObj(i -> tag("key-" + i, "")).toList();
        client.tagResource(request -> request.resourceARN(ALARM + "many").tags(fifty));
        client.tagResource(request -> request.resourceARN(ALARM + "many").tags(tag("key-0", "new")));
        InvalidParameterValueException refused = catchThrowableOfType(
                InvalidParameterValueException.class,
                () -> client.tagResource(
                        request -> request.resourceARN(ALARM + "many").tags(tag("key-50", ""))));
        assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo("A resource has at most 50 tags, found 51.");
        assertThat(tags(ALARM + "many")).hasSize(50);
    }

    @Test
    void whatDoesNotExistHasNoTags() {
        for (String arn : List.of(
                ALARM + "nobody",
                DASHBOARD + "nobody",
                ALARM.replace("ap-northeast-1", "eu-west-1") + "many",
                "arn:aws:cloudwatch:ap-northeast-1:000000000000:insight-rule/x",
                "nonsense")) {
            ResourceNotFoundException refused = catchThrowableOfType(ResourceNotFoundException.class, () -> tags(arn));
            assertThat(refused.statusCode()).as(arn).isEqualTo(404);
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ResourceNotFoundException");
        }
    }
}
