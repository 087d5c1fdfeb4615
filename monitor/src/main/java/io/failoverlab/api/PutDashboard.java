package io.failoverlab.api;

import io.failoverlab.dashboard.DashboardBody;
import io.failoverlab.dashboard.Finding;
import io.failoverlab.store.DashboardStore;
import io.failoverlab.store.TagStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.DashboardInvalidInputErrorException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardValidationMessage;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardResponse;

/** Keeps a dashboard to the letter, if its body is one. */
final class PutDashboard implements Action<PutDashboardRequest, PutDashboardResponse> {
    private static final int MAX_NAME_LENGTH = 255;
    private static final Pattern NAME = Pattern.compile("[-_A-Za-z0-9]+");

    private final DashboardStore dashboards;
    private final TagStore tags;
    private final InstantSource clock;
    private final DashboardBody body = new DashboardBody();

    PutDashboard(DashboardStore dashboards, TagStore tags, InstantSource clock) {
        this.dashboards = dashboards;
        this.tags = tags;
        this.clock = clock;
    }

    @Override
    public PutDashboardResponse answer(PutDashboardRequest request, CloudWatchRegion region) {
        String name = Parameters.required(request.dashboardName(), "DashboardName");
        String text = Parameters.required(request.dashboardBody(), "DashboardBody");
        requireName(name);
        List<Finding> findings = body.check(text);
        List<DashboardValidationMessage> errors = messages(findings, Finding.Severity.ERROR);
        if (!errors.isEmpty()) {
            throw new ApiException(
                    ErrorKind.INVALID_DASHBOARD,
                    message(errors),
                    DashboardInvalidInputErrorException.builder()
                            .dashboardValidationMessages(errors)
                            .build());
        }
        Map<String, String> read = Tags.read(request.tags());
        String account = region.scope().account();
        boolean isNew = dashboards.get(account, name).isEmpty();
        dashboards.put(account, name, text, clock.instant());
        if (isNew && !read.isEmpty()) {
            tags.tag(region.scope().dashboardArn(name), read);
        }
        return PutDashboardResponse.builder()
                .dashboardValidationMessages(messages(findings, Finding.Severity.WARNING))
                .build();
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw ApiException.invalid("The value for field DashboardName contains invalid characters. It can only"
                    + " contain alphanumerics, dash (-) and underscore (_).\n");
        }
        if (name.length() > MAX_NAME_LENGTH) {
            throw ApiException.invalid("The value for field DashboardName must not be longer than " + MAX_NAME_LENGTH
                    + " characters, found " + name.length() + ".");
        }
    }

    private static List<DashboardValidationMessage> messages(List<Finding> findings, Finding.Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(finding -> DashboardValidationMessage.builder()
                        .dataPath(finding.path())
                        .message(finding.message())
                        .build())
                .toList();
    }

    private static String message(List<DashboardValidationMessage> errors) {
        return errors.stream()
                .map(error -> "  {\n    \"dataPath\": \"" + error.dataPath() + "\",\n    \"message\": \""
                        + error.message().replace("\"", "\\\"") + "\"\n  }")
                .collect(Collectors.joining(
                        ",\n",
                        "The dashboard body is invalid, there are " + errors.size() + " validation errors:\n[\n",
                        "\n]"));
    }
}
