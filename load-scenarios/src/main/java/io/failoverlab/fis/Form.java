package io.failoverlab.fis;

import io.failoverlab.document.Field;
import io.failoverlab.document.Section;

/**
 * The lengths that AWS allows for a text, and whether it may have spaces, from the API's model (botocore 1.43.107,
 * {@code fis/2020-12-01}, shapes named beside each).
 *
 * @param min characters
 * @param max characters
 * @param spaces whether white space is allowed in it
 */
record Form(int min, int max, boolean spaces) {
    /** ExperimentTemplateDescription, ExperimentTemplateActionDescription. */
    static final Form DESCRIPTION = new Form(0, 512, true);
    /** ExperimentTemplateTargetName, ExperimentTemplateActionName, ExperimentTemplateActionStartAfter. */
    static final Form NAME = new Form(1, 64, false);
    /** ResourceArn, StopConditionValue, RoleArn. */
    static final Form ARN = new Form(20, 2048, false);
    /** TargetResourceTypeId, ActionId. */
    static final Form ID = new Form(1, 128, false);
    /** ExperimentTemplateTargetFilterPath. */
    static final Form PATH = new Form(1, 256, false);
    /** ExperimentTemplateTargetFilterValue. */
    static final Form FILTER_VALUE = new Form(1, 128, false);
    /** ExperimentTemplateTargetParameterValue, ExperimentTemplateActionParameter. */
    static final Form PARAMETER = new Form(0, 1024, true);
    /** TagKey. */
    static final Form TAG_KEY = new Form(1, 128, true);
    /** TagValue. */
    static final Form TAG_VALUE = new Form(0, 256, true);

    /** ResourceArnList. */
    static final int MAX_ARNS = 5;
    /** TagMap. */
    static final int MAX_TAGS = 50;
    /** Service quotas "Actions per experiment template" and "Stop conditions per experiment template". */
    static final int MAX_ACTIONS = 20;

    static final int MAX_STOP_CONDITIONS = 5;
    /** Of aws:cloudwatch:assert-alarm-state (FIS actions reference). */
    static final int MAX_ALARMS = 5;

    boolean fits(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= min && length <= max && (spaces || text.chars().noneMatch(Character::isWhitespace));
    }

    @Override
    public String toString() {
        return (min > 1 ? min + " to " + max : "at most " + max) + " characters" + (spaces ? "" : " without spaces");
    }

    /** The text under the key; one that AWS would not take is noted. */
    Field<String> text(Section section, String key) {
        return require(section.text(key), key);
    }

    Field<String> require(Field<String> field, String key) {
        field.value().filter(text -> !fits(text)).ifPresent(text -> field.reject(key + " of " + this, found(text), ""));
        return field;
    }

    static String found(String text) {
        int length = text.codePointCount(0, text.length());
        return length > 80 ? length + " characters" : '"' + text + '"';
    }
}
