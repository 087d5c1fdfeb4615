package io.failoverlab.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

/** Reads tags, within the limits that tags have on all of AWS (AWS General Reference, "Tagging AWS resources"). */
final class Tags {
    private static final int MAX_TAGS = 50;
    private static final int MAX_KEY_LENGTH = 128;
    private static final int MAX_VALUE_LENGTH = 256;

    private Tags() {}

    static Map<String, String> read(List<Tag> tags) {
        Map<String, String> read = new LinkedHashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            String path = "tags." + (i + 1) + ".member.";
            String key = key(tags.get(i).key(), path + "key");
            String value = tags.get(i).value() == null ? "" : tags.get(i).value();
            if (value.length() > MAX_VALUE_LENGTH) {
                throw ApiException.constraint(
                        value, path + "value", "have length less than or equal to " + MAX_VALUE_LENGTH);
            }
            read.put(key, value);
        }
        requireFew(read.size());
        return read;
    }

    private static String key(String key, String path) {
        if (key == null || key.isEmpty()) {
            throw ApiException.constraint(key == null ? "" : key, path, "have length greater than or equal to 1");
        }
        if (key.length() > MAX_KEY_LENGTH) {
            throw ApiException.constraint(key, path, "have length less than or equal to " + MAX_KEY_LENGTH);
        }
        if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw ApiException.invalid("Tag keys that begin with aws: are kept for AWS, found " + key + ".");
        }
        return key;
    }

    static void requireFew(int tags) {
        if (tags > MAX_TAGS) {
            throw ApiException.invalid("A resource has at most " + MAX_TAGS + " tags, found " + tags + ".");
        }
    }

    static List<Tag> written(SortedMap<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
