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
            if (tags.get(i).value() == null) {
                throw ApiException.missing("Tags.member." + (i + 1) + ".Value");
            }
            read.put(key, Parameters.length(tags.get(i).value(), path + "value", 0, MAX_VALUE_LENGTH));
        }
        requireFew(read.size());
        return read;
    }

    private static String key(String key, String path) {
        Parameters.length(key == null ? "" : key, path, MAX_KEY_LENGTH);
        if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw ApiException.invalid("Tag keys that begin with aws: are kept for AWS, found " + key + ".");
        }
        return key;
    }

    /** The keys of tags to be removed. */
    static List<String> keys(List<String> keys) {
        return Parameters.lengths(keys, "tagKeys", Integer.MAX_VALUE, MAX_KEY_LENGTH);
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
