package io.failoverlab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What came of a run of all tests, from the reports of Surefire and Failsafe.
 *
 * @param passed number of tests that ended well
 * @param failed those that did not
 * @param skipped number of tests by the reason why they were skipped
 */
record TestTally(int passed, List<Failure> failed, Map<String, Integer> skipped) {
    private static final String ASSUMPTION = "Assumption failed: ";
    /** Begins a reason that no installation on this machine can cure. */
    private static final String KERNEL = "kernel ";

    private static final int REASON_LENGTH = 400;

    /**
     * A test that did not end well.
     *
     * @param reason what it says itself, on one line and cut to {@value REASON_LENGTH} characters, and its line in the test class; whoever
     *     only has the end of a log must be able to begin with it
     */
    record Failure(String test, String reason) {
        @Override
        public String toString() {
            return reason.isEmpty() ? test : test + ": " + reason;
        }
    }

    TestTally {
        failed = List.copyOf(failed);
        skipped = new TreeMap<>(skipped);
    }

    /** @param home the folder whose modules' reports are read */
    static TestTally read(Path home) {
        TestTally tally = new TestTally(0, List.of(), Map.of());
        for (Path report : reports(home)) {
            tally = tally.plus(read(parse(report)));
        }
        return tally;
    }

    /** Green is only what was run; a test may be missing only because of this machine's kernel. */
    boolean isGreen() {
        return passed > 0 && failed.isEmpty() && skipped.keySet().stream().allMatch(it -> it.startsWith(KERNEL));
    }

    @Override
    public String toString() {
        int skips = skipped.values().stream().mapToInt(Integer::intValue).sum();
        String reasons = skipped.entrySet().stream()
                .map(reason -> reason.getValue() + ": " + reason.getKey())
                .collect(Collectors.joining("; ", " (", ")"));
        return "tests: %d passed, %d failed, %d skipped%s"
                .formatted(passed, failed.size(), skips, skips == 0 ? "" : reasons);
    }

    private TestTally plus(TestTally other) {
        Map<String, Integer> both = new TreeMap<>(skipped);
        other.skipped.forEach((reason, count) -> both.merge(reason, count, Integer::sum));
        return new TestTally(
                passed + other.passed,
                Stream.concat(failed.stream(), other.failed.stream()).toList(),
                both);
    }

    private static TestTally read(Element suite) {
        int passed = 0;
        List<Failure> failed = new ArrayList<>();
        Map<String, Integer> skipped = new TreeMap<>();
        for (Element test : children(suite, "testcase")) {
            List<Element> skip = children(test, "skipped");
            Optional<Element> failure = Stream.of("failure", "error")
                    .flatMap(kind -> children(test, kind).stream())
                    .findFirst();
            if (!skip.isEmpty()) {
                skipped.merge(reason(skip.getFirst()), 1, Integer::sum);
            } else if (failure.isPresent()) {
                failed.add(failure(test, failure.get()));
            } else {
                passed++;
            }
        }
        return new TestTally(passed, failed, skipped);
    }

    private static Failure failure(Element test, Element failure) {
        String inClass = test.getAttribute("classname");
        String said = failure.getAttribute("message").isEmpty()
                ? failure.getAttribute("type")
                : failure.getAttribute("message");
        String line = said.strip().replaceAll("\\s+", " ");
        String cut = line.length() > REASON_LENGTH ? line.substring(0, REASON_LENGTH) + "…" : line;
        Matcher place = Pattern.compile(
                        "\\(" + Pattern.quote(inClass.substring(inClass.lastIndexOf('.') + 1)) + "\\.java:\\d+\\)")
                .matcher(failure.getTextContent());
        return new Failure(
                inClass + "." + test.getAttribute("name"), place.find() ? (cut + " " + place.group()).strip() : cut);
    }

    /** Surefire writes the reason into an attribute, or with the stack trace into the text. */
    private static String reason(Element skip) {
        String told = skip.getAttribute("message").isEmpty() ? skip.getTextContent() : skip.getAttribute("message");
        String line = told.strip().lines().findFirst().orElse("no reason given");
        return line.substring(
                line.lastIndexOf(ASSUMPTION) < 0 ? 0 : line.lastIndexOf(ASSUMPTION) + ASSUMPTION.length());
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(element -> element.getTagName().equals(name))
                .toList();
    }

    private static List<Path> reports(Path home) {
        List<Path> reports = new ArrayList<>();
        try (Stream<Path> modules = Files.list(home)) {
            for (Path module : modules.sorted().toList()) {
                for (String plugin : List.of("surefire", "failsafe")) {
                    Path folder = module.resolve("target/" + plugin + "-reports");
                    if (Files.isDirectory(folder)) {
                        try (Stream<Path> files = Files.list(folder)) {
                            files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                                    .sorted()
                                    .forEach(reports::add);
                        }
                    }
                }
            }
            return reports;
        } catch (IOException failure) {
            throw new UncheckedIOException("the test reports in " + home + " could not be listed", failure);
        }
    }

    private static Element parse(Path report) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(report.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException failure) {
            throw UserError.environment("expected a test report in " + report + ", found " + failure.getMessage()
                    + "; did its test end in the middle?");
        }
    }
}
