package io.failoverlab.report;

import static io.failoverlab.history.RunBuilder.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.history.Event.AlarmsRead;
import io.failoverlab.history.History;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class JUnitReportTest {

    @Test
    void theGoldenRunLooksAsItDid() throws IOException {
        GoldenRun.assertGolden("junit.xml", JUnitReport.render(GoldenRun.history(), GoldenRun.judgement()));
    }

    @Test
    void itIsValidWhateverTheTextsHold() throws Exception {
        String xml = render(RunBuilder.killOfOneOfTwo()
                .add(failed(20_050, 30, 0, "<\"]]>& \u0000\u001b[31m früher 😀"))
                .expect("requests-lost", "0"));

        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(Path.of("src/test/resources/junit.xsd").toFile())
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));

        assertThat(text(xml, "//testcase[@name='requests-lost']/system-out"))
                .endsWith("1 x no answer: <\"]]>& ??[31m früher 😀");
    }

    @Test
    void notAsExpectedIsAFailureAndNotKnownAnError() throws Exception {
        String xml = render(RunBuilder.killOfOneOfTwo()
                .remove(AlarmsRead.class)
                .add(failed(20_050, 30, 502, ""))
                .expect("requests-lost", "0")
                .expect("p99-after", "< 500ms"));

        assertThat(text(xml, "//testcase[@name='requests-lost']/failure/@message"))
                .isEqualTo("expected = 0, measured 1");
        assertThat(text(xml, "//testcase[@name='monitor-watched']/error/@message"))
                .startsWith("no answer between 2.0 s and 40.0 s; required: ");
        assertThat(text(xml, "count(//testcase[@name='p99-after']/*[name() != 'system-out'])"))
                .isEqualTo("0");
        assertThat(text(xml, "//testcase[@name='detected']/skipped/@message"))
                .isEqualTo("nothing expected; measured 100 ms");
        assertThat(text(
                        xml,
                        "concat(//testsuite/@tests, ' ', //testsuite/@failures, ' ', //testsuite/@errors, ' ',"
                                + " //testsuite/@skipped, ' ', count(//testcase), ' ', count(//failure), ' ',"
                                + " count(//error), ' ', count(//skipped))"))
                .isEqualTo("31 2 1 20 31 2 1 20");
    }

    @Test
    void aRunThatExpectsNothingIsNotGreen() throws Exception {
        assertThat(text(render(RunBuilder.killOfOneOfTwo()), "//testcase[@name='verdict']/error/@message"))
                .endsWith("Unknown: the experiment expects nothing.");
    }

    private static String render(RunBuilder run) {
        History history = run.build();
        return JUnitReport.render(history, Judge.judge(history));
    }

    private static String text(String xml, String path) throws Exception {
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
        return XPathFactory.newDefaultInstance().newXPath().evaluate(path, document);
    }
}
