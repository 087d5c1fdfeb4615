package io.failoverlab.api;

import io.failoverlab.metric.Scope;
import java.util.List;
import java.util.function.Function;

/**
 * What a request of an operation names, as policies do: the ARNs of alarms and dashboards, else {@code *}. Which operation names which
 * type of resource is in AWS's Service Authorization Reference, "Amazon CloudWatch".
 */
@FunctionalInterface
interface Named<I> {
    /** Each of them has to be allowed; never empty. */
    List<String> in(I request, Scope scope);

    /** For operations that know no resource. */
    static <I> Named<I> nothing() {
        return (request, scope) -> List.of("*");
    }

    static <I> Named<I> alarm(Function<I, String> name) {
        return alarms(request -> listed(name.apply(request)));
    }

    /** Where a request names none it means all of them. */
    static <I> Named<I> alarms(Function<I, List<String>> names) {
        return (request, scope) -> all(names.apply(request), scope::alarmArn);
    }

    static <I> Named<I> dashboard(Function<I, String> name) {
        return dashboards(request -> listed(name.apply(request)));
    }

    static <I> Named<I> dashboards(Function<I, List<String>> names) {
        return (request, scope) -> all(names.apply(request), scope::dashboardArn);
    }

    /** By its ARN. */
    static <I> Named<I> resource(Function<I, String> arn) {
        return (request, scope) -> all(listed(arn.apply(request)), Function.identity());
    }

    private static List<String> listed(String name) {
        return name == null ? List.of() : List.of(name);
    }

    private static List<String> all(List<String> names, Function<String, String> arn) {
        return names.isEmpty()
                ? List.of(arn.apply("*"))
                : names.stream().distinct().map(arn).toList();
    }
}
