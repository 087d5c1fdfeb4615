package io.failoverlab.api;

import io.failoverlab.store.TagStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceResponse;

/** Adds tags to an alarm or a dashboard; a key that it has gets the new value. */
final class TagResource implements Action<TagResourceRequest, TagResourceResponse> {
    private final TaggedResource resource;
    private final TagStore tags;

    TagResource(TaggedResource resource, TagStore tags) {
        this.resource = resource;
        this.tags = tags;
    }

    @Override
    public TagResourceResponse answer(TagResourceRequest request, CloudWatchRegion region) {
        String arn = resource.require(request.resourceARN(), region);
        if (request.tags().isEmpty()) {
            throw ApiException.missing("Tags");
        }
        Map<String, String> added = Tags.read(request.tags());
        Set<String> keys = new HashSet<>(tags.tags(arn).keySet());
        keys.addAll(added.keySet());
        Tags.requireFew(keys.size());
        tags.tag(arn, added);
        return TagResourceResponse.builder().build();
    }
}
