package io.failoverlab.fis;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which traffic of subnets aws:network:disrupt-connectivity denies, of the scopes that FIS has those with a meaning here. */
public enum Scope {
    /** All that enters or leaves them. */
    ALL("all"),
    /** What goes to other Availability Zones and comes from there. */
    AVAILABILITY_ZONE("availability-zone");

    private static final String NO_ENDPOINT = "the stack uses none of AWS's services over the network";

    /** The others, each with the reason why it would hit nothing. */
    private static final Map<String, String> WITHOUT_MEANING = Map.of(
            "vpc", "of the stack only the balancer's clients are outside its VPC, and the balancer is never cut",
            "prefix-list", "the stack has no prefix lists",
            "s3", NO_ENDPOINT,
            "s3express", NO_ENDPOINT,
            "dynamodb", NO_ENDPOINT);

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    static Optional<Scope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(scope -> scope.word).toList();
    }

    /** Why a scope of FIS's is none of these; empty if FIS has none of that name. */
    static Optional<String> whyNot(String word) {
        return Optional.ofNullable(WITHOUT_MEANING.get(word));
    }
}
