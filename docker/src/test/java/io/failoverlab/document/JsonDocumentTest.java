package io.failoverlab.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonDocumentTest {
    private static final String FILE = "template.json";

    @Test
    void jsonIsReadAsYamlIs() {
        Document document = Document.parseJson(FILE, """
                {
                \t"name": "a \\u00e9 \\ud83d\\ude00 \\/ \\"b\\"",
                \t"rate": 300, "share": 0.8, "on": true, "none": null,
                \t"list": ["x", "y"],
                \t"inner": {"deep": {"text": "1"}}
                }
                """);
        Section root = document.root();

        assertThat(root.text("name").get()).isEqualTo("a é 😀 / \"b\"");
        assertThat(root.integer("rate", 1, 1000).get()).isEqualTo(300);
        assertThat(root.decimal("share", 0, 1).get()).isEqualTo(0.8);
        assertThat(root.flag("on").get()).isTrue();
        assertThat(root.section("none").keys()).isEmpty();
        assertThat(root.texts("list").stream().map(Field::get)).containsExactly("x", "y");
        assertThat(root.section("inner").section("deep").text("text").get()).isEqualTo("1");
        root.rejectUnknownKeys();
        assertThat(document.problems().list()).isEmpty();
    }

    @Test
    void allMistakesAreToldWithTheirPlaces() {
        Document document = Document.parseJson(FILE, """
                {
                  "name": 7,
                  "inner": {"text": {}, "oops": 1},
                  "name": "again"
                }
                """);
        Section root = document.root();
        root.text("name");
        Section inner = root.section("inner");
        inner.text("text");
        inner.rejectUnknownKeys();
        inner.reject("something else", "this", "");

        assertThat(document.problems().list().stream().map(Problem::toString))
                .containsExactly(
                        "template.json:2:11: expected text for name, found the number 7; as text, put it in quotes: \"7\"",
                        "template.json:3:3: expected something else, found this",
                        "template.json:3:21: expected text for inner.text, found keys and values",
                        "template.json:3:25: expected a known key of inner, found \"oops\"; known: text",
                        "template.json:4:3: expected each key once, found a second \"name\"; the first is in line 2");
    }

    @Test
    void whatIsNotJsonIsRefusedAtItsPlace() {
        assertThatThrownBy(() -> Document.parseJson(FILE, "{\n  \"a\": 1,\n}"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("template.json:3:")
                .hasMessageContaining("expected JSON, found an error of syntax");
        assertThatThrownBy(() -> Document.parseJson(FILE, " "))
                .hasMessage("template.json:1:1: expected JSON, found an empty text");
        assertThatThrownBy(() -> Document.parseJson(FILE, "{} {}")).hasMessageContaining("the end of the JSON");
        assertThatThrownBy(() -> Document.parseJson(FILE, "[1]"))
                .hasMessage("template.json:1:1: expected keys and values, found a list");
    }
}
