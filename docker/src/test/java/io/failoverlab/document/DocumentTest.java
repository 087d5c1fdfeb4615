package io.failoverlab.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {
    private enum Mode {
        TUNED,
        NGINX_DEFAULT
    }

    private static final String FILE = "run.yaml";

    @Test
    void everyKindOfValueIsReadWithItsType() {
        Document document = Document.parse(FILE, """
                name: kill-one-web
                rate: 300
                share: 0.8
                dry-run: true
                for: 1m30s
                mode: nginx-default
                even: 4
                faults: [kill, stop]
                numbers: [1, 22]
                load:
                  path: "8080"
                steps:
                  - at: 10s
                  - at: 20s
                """);
        Section root = document.root();

        assertThat(root.text("name").get()).isEqualTo("kill-one-web");
        assertThat(root.integer("rate", 1, 1000).get()).isEqualTo(300);
        assertThat(root.decimal("share", 0, 1).get()).isEqualTo(0.8);
        assertThat(root.flag("dry-run").get()).isTrue();
        assertThat(root.duration("for", Duration.ZERO, Duration.ofHours(1)).get())
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(root.oneOf("mode", Mode.class).get()).isEqualTo(Mode.NGINX_DEFAULT);
        assertThat(root.parsed("even", "a number", Long::valueOf).get()).isEqualTo(4L);
        assertThat(root.texts("faults").stream().map(Field::get)).containsExactly("kill", "stop");
        assertThat(root.parsedList("numbers", "a number", Integer::valueOf).stream()
                        .map(Field::get))
                .containsExactly(1, 22);
        assertThat(root.section("load").text("path").get()).isEqualTo("8080");
        assertThat(root.sections("steps").stream()
                        .map(step -> step.duration("at", Duration.ZERO, Duration.ofHours(1))
                                .get()))
                .containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20));
        root.rejectUnknownKeys();
        assertThat(document.problems().list()).isEmpty();
    }

    @Test
    void absentKeysAndSectionsAreSoundAndGiveTheFallback() {
        Document document = Document.parse(FILE, "load:\n");
        Section root = document.root();

        Field<Integer> rate = root.section("load").integer("rate", 1, 1000);

        assertThat(rate.orElse(300)).isEqualTo(300);
        assertThat(rate.present()).isFalse();
        assertThat(rate.sound()).isTrue();
        assertThat(root.section("nothing").text("name").value()).isEmpty();
        assertThat(root.sections("steps")).isEmpty();
        assertThat(root.texts("faults")).isEmpty();
        assertThat(document.problems().list()).isEmpty();
    }

    @Test
    void anEmptyFileIsADocumentWithoutKeys() {
        assertThat(Document.parse(FILE, "# nothing yet\n").root().keys()).isEmpty();
        assertThat(Document.parse(FILE, "---\n").root().keys()).isEmpty();
    }

    @Test
    void allProblemsOfAFileAreToldAtOnceInTheOrderOfTheText() {
        assertThat(problemsOf("""
                        rate: many
                        load:
                          for: 10
                          duratoin: 10s
                        nmae: x
                        """, root -> {
                    root.text("name").required();
                    root.section("load").duration("for", Duration.ofSeconds(1), Duration.ofMinutes(10));
                    root.section("load").duration("duration", Duration.ofSeconds(1), Duration.ofMinutes(10));
                    root.integer("rate", 1, 1000);
                    Section load = root.section("load");
                    load.duration("for", Duration.ofSeconds(1), Duration.ofMinutes(10));
                    load.duration("duration", Duration.ofSeconds(1), Duration.ofMinutes(10));
                    load.rejectUnknownKeys();
                    root.rejectUnknownKeys();
                }))
                .containsExactly(
                        "run.yaml:1:1: expected text for name, found no such key",
                        "run.yaml:1:7: expected a whole number from 1 to 1000 for rate, found the text \"many\"",
                        "run.yaml:3:8: expected a duration from 1s to 10m for load.for, found the number 10",
                        "run.yaml:4:3: expected a known key of load, found \"duratoin\"; did you mean \"duration\"?",
                        "run.yaml:5:1: expected a known key, found \"nmae\"; did you mean \"name\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            5       | expected text for key, found the number 5; as text, put it in quotes: "5"
            no      | expected text for key, found the boolean no; as text, put it in quotes: "no"
            ~       | expected text for key, found nothing
            [a]     | expected text for key, found a list
            {a: b}  | expected text for key, found keys and values
            """)
    void valuesOfAnotherTypeAreNotTakenForText(String value, String message) {
        assertThat(problemsOf("key: " + value, root -> root.text("key"))).containsExactly("run.yaml:1:6: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            0                     | the number 0
            11                    | the number 11
            99999999999999999999  | the number 99999999999999999999
            010                   | the number 010
            1_0                   | the number 1_0
            5.0                   | the number 5.0
            "5"                   | the text "5"
            true                  | the boolean true
            """)
    void onlyPlainWholeNumbersWithinTheBoundsAreIntegers(String value, String found) {
        assertThat(problemsOf("key: " + value, root -> root.integer("key", 1, 10)))
                .containsExactly("run.yaml:1:6: expected a whole number from 1 to 10 for key, found " + found);
    }

    @Test
    void otherTypesSayWhatTheyExpect() {
        assertThat(problemsOf("share: 1.5", root -> root.decimal("share", 0, 1)))
                .containsExactly("run.yaml:1:8: expected a number from 0.0 to 1.0 for share, found the number 1.5");
        assertThat(problemsOf("dry-run: yes", root -> root.flag("dry-run")))
                .containsExactly("run.yaml:1:10: expected true or false for dry-run, found the boolean yes");
        assertThat(problemsOf("mode: tuned-default", root -> root.oneOf("mode", Mode.class)))
                .containsExactly(
                        "run.yaml:1:7: expected one of tuned, nginx-default for mode, found the text \"tuned-default\"");
        assertThat(problemsOf("mode: tunde", root -> root.oneOf("mode", Map.of("tuned", 1))))
                .containsExactly(
                        "run.yaml:1:7: expected one of tuned for mode, found the text \"tunde\"; did you mean \"tuned\"?");
        assertThat(problemsOf("even: x", root -> root.parsed("even", "an even number", Integer::valueOf)))
                .containsExactly("run.yaml:1:7: expected an even number for even, found the text \"x\"");
        assertThat(problemsOf("load: 5", root -> root.section("load")))
                .containsExactly("run.yaml:1:7: expected keys and values for load, found the number 5");
        assertThat(problemsOf("steps: {at: 5s}", root -> root.sections("steps")))
                .containsExactly("run.yaml:1:8: expected a list for steps, found keys and values");
        assertThat(problemsOf("steps:\n  - at: 5s\n  - kill", root -> root.sections("steps")))
                .containsExactly("run.yaml:3:5: expected keys and values for steps[1], found the text \"kill\"");
        assertThat(problemsOf("names: [a, [b]]", root -> root.texts("names")))
                .containsExactly("run.yaml:1:12: expected text for names, found a list");
    }

    @Test
    void aKeyThatIsThereTwiceIsAProblemAtItsSecondPlace() {
        assertThat(problemsOf("rate: 1\nname: x\nrate: 2\n", root -> {}))
                .containsExactly(
                        "run.yaml:3:1: expected each key once, found a second \"rate\"; the first is in line 1");
    }

    @Test
    void aRuleOverSeveralValuesPointsAtOneOfThem() {
        assertThat(problemsOf("timeout: 5s\n", root -> {
                    Field<Duration> timeout = root.duration("timeout", Duration.ZERO, Duration.ofMinutes(1));
                    timeout.reject("a timeout below the interval", "5s", "");
                    assertThat(timeout.sound()).isFalse();
                }))
                .containsExactly("run.yaml:1:10: expected a timeout below the interval, found 5s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            a: b: c        | run.yaml:1:5: expected YAML, found an error of syntax; mapping values are not allowed here
            a: [b          | run.yaml:1:6: expected YAML, found an error of syntax; expected ',' or ']', but got <stream end>
            a: *b          | run.yaml:1:4: expected YAML, found an error of syntax; found undefined alias b
            just a line    | run.yaml:1:1: expected keys and values, found the text "just a line"
            - a            | run.yaml:1:1: expected keys and values, found a list
            """)
    void whatIsNotYamlOrNotAMappingIsRefusedAtOnce(String text, String message) {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> Document.parse(FILE, text)))
                .hasMessage(message);
    }

    @Test
    void charactersThatYamlDoesNotKnowAreRefused() {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> Document.parse(FILE, "name: \u0007")))
                .hasMessage(
                        "run.yaml:1:1: expected YAML, found an error of syntax; special characters are not allowed");
    }

    @Test
    void aListCanBeRequiredToHaveEntries() {
        assertThat(problemsOf("steps: []", root -> root.rejectEmptyList("steps")))
                .containsExactly("run.yaml:1:8: expected at least one entry for steps, found an empty list");
        assertThat(problemsOf("steps: [a]", root -> root.rejectEmptyList("steps")))
                .isEmpty();
        assertThat(problemsOf("name: x", root -> root.rejectEmptyList("steps"))).isEmpty();
    }

    @Test
    void whatIsNoListIsOneUnreadableValue() {
        assertThat(problemsOf(
                        "names: a",
                        root -> assertThat(root.texts("names"))
                                .map(Field::sound)
                                .containsExactly(false)))
                .containsExactly("run.yaml:1:8: expected a list for names, found the text \"a\"");
    }

    @Test
    void oneFileIsOneDocument() {
        assertThat(catchThrowableOfType(InvalidInput.class, () -> Document.parse(FILE, "a: b\n---\nc: d\n")))
                .hasMessage("run.yaml:2:1: expected YAML, found an error of syntax; but found another document");
    }

    @Test
    void theExceptionCarriesTheProblemsAsValues() {
        InvalidInput refused = catchThrowableOfType(InvalidInput.class, () -> {
            Document document = Document.parse(FILE, "rate: many\n");
            document.root().integer("rate", 1, 10);
            document.root().rejectUnknownKeys();
            document.problems().throwIfAny();
        });

        assertThat(refused.problems())
                .containsExactly(
                        new Problem(FILE, 1, 7, "a whole number from 1 to 10 for rate", "the text \"many\"", ""));
    }

    private static List<String> problemsOf(String text, Consumer<Section> reading) {
        Document document = Document.parse(FILE, text);
        reading.accept(document.root());
        return document.problems().list().stream().map(Problem::toString).toList();
    }
}
