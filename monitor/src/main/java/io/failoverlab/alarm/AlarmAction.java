package io.failoverlab.alarm;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an alarm does when it enters a state, named by an ARN (CloudWatch API Reference, PutMetricAlarm: AlarmActions). */
public record AlarmAction(String arn, Kind kind) {
    /** Kinds of actions, as far as they differ here. */
    public enum Kind {
        /** An SNS topic: its message goes to every receiver of the monitor. */
        TOPIC("arn:[a-z-]+:sns:.+"),
        /** A scaling policy; it is performed again every minute while the alarm stays in the state. */
        SCALING_POLICY("arn:[a-z-]+:autoscaling:.+"),
        /** What has no local counterpart: Lambda, EC2, Systems Manager. It is accepted and put on record. */
        NOT_LOCAL("arn:[a-z-]+:(automate|swf|lambda|ssm|ssm-incidents|aiops):.+");

        private final Pattern form;

        Kind(String form) {
            this.form = Pattern.compile(form);
        }
    }

    public AlarmAction {
        Objects.requireNonNull(arn, "arn");
        Objects.requireNonNull(kind, "kind");
    }

    /** Empty if CloudWatch has no action of this ARN. */
    public static Optional<AlarmAction> of(String arn) {
        for (Kind kind : Kind.values()) {
            if (kind.form.matcher(arn).matches()) {
                return Optional.of(new AlarmAction(arn, kind));
            }
        }
        return Optional.empty();
    }
}
