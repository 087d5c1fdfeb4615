package io.failoverlab.fis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target of a template: which resources of a type may be hit.
 *
 * @param typeId as written; resources of a type that the lab does not know can only be the target of an action that is left out
 * @param arns of the resources; empty if they are found by tags, filters or parameters
 * @param tags that a resource must have, all of them
 * @param filters that a resource must pass, all of them
 * @param parameters by name, of the resource type
 */
public record Target(
        String typeId,
        List<String> arns,
        Map<String, String> tags,
        List<Filter> filters,
        Map<String, String> parameters,
        Selection selection) {

    /** An attribute of a resource must have one of the values. */
    public record Filter(String path, List<String> values) {
        public Filter {
            values = List.copyOf(values);
        }
    }

    public Target {
        arns = List.copyOf(arns);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        filters = List.copyOf(filters);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    Optional<ResourceType> type() {
        return ResourceType.of(typeId);
    }
}
