package io.failoverlab.api;

import io.failoverlab.store.TagStore;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;

/** Lists the tags of an alarm or a dashboard, by key. */
final class ListTagsForResource implements Action<ListTagsForResourceRequest, ListTagsForResourceResponse> {
    private final TaggedResource resource;
    private final TagStore tags;

    ListTagsForResource(TaggedResource resource, TagStore tags) {
        this.resource = resource;
        this.tags = tags;
    }

    @Override
    public ListTagsForResourceResponse answer(ListTagsForResourceRequest request, CloudWatchRegion region) {
        String arn = resource.require(request.resourceARN(), region);
        return ListTagsForResourceResponse.builder()
                .tags(Tags.written(tags.tags(arn)))
                .build();
    }
}
