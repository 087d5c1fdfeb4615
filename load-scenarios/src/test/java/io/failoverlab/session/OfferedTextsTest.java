package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.GroupSize;
import io.failoverlab.topology.TopologyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page says what is offered in the reader's language. What it has no English words for it says in the lab's, which are English. */
class OfferedTextsTest {
    private static final Pattern KEY = Pattern.compile("(?m)^  '([^']+)':");

    private static Set<String> keys(String language) throws IOException {
        Path texts = Path.of("../monitor/src/main/resources/console/texts-" + language + ".js");
        return KEY.matcher(Files.readString(texts))
                .results()
                .map(key -> key.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Offer> offers() {
        return Stream.of("two-web-multi-az", "two-web-read-replica")
                .flatMap(topology -> Stream.of(Offers.Activity.NONE, Offers.Activity.LOAD)
                        .flatMap(activity -> Offers.of(new Offers.Stack(
                                        TopologyFile.named(topology).nodes(),
                                        List.of("a", "c"),
                                        "db-1",
                                        topology.endsWith("multi-az"),
                                        new GroupSize(1, 2, 20),
                                        true,
                                        activity,
                                        List.of("kill-one-web")))
                                .stream()));
    }

    @Test
    void everythingThatIsOfferedIsSaidInJapanese() throws Exception {
        Set<String> known = keys("ja");
        assertThat(offers().flatMap(offer -> Stream.concat(
                                Stream.of("action." + offer.action(), "does." + offer.action()),
                                offer.parameters().stream()
                                        .map(OfferParameter::name)
                                        .filter(name -> !known.contains("parameter." + offer.action() + "." + name))
                                        .map(name -> "parameter." + name)))
                        .distinct()
                        .filter(key -> !known.contains(key)))
                .as("texts that are missing")
                .isEmpty();
    }

    @Test
    void nothingIsSaidOfActionsThatNobodyOffers() throws Exception {
        Set<String> offered = offers().map(Offer::action).collect(Collectors.toSet());
        for (String language : List.of("en", "ja")) {
            assertThat(keys(language).stream()
                            .filter(key -> key.startsWith("action.") || key.startsWith("does."))
                            .map(key -> key.substring(key.indexOf('.') + 1))
                            .filter(action -> !offered.contains(action)))
                    .as(language)
                    .isEmpty();
        }
    }
}
