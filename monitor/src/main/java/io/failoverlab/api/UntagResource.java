package io.failoverlab.api;

import io.failoverlab.store.TagStore;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceResponse;

/** Removes tags from an alarm or a dashboard; keys that it has not are ignored. */
final class UntagResource implements Action<UntagResourceRequest, UntagResourceResponse> {
    private final TaggedResource resource;
    private final TagStore tags;

    UntagResource(TaggedResource resource, TagStore tags) {
        this.resource = resource;
        this.tags = tags;
    }

    @Override
    public UntagResourceResponse answer(UntagResourceRequest request, CloudWatchRegion region) {
        String arn = resource.require(request.resourceARN(), region);
        if (request.tagKeys().isEmpty()) {
            throw ApiException.missing("TagKeys");
        }
        tags.untag(arn, Tags.keys(request.tagKeys()));
        return UntagResourceResponse.builder().build();
    }
}
