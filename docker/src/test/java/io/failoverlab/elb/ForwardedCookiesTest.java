package io.failoverlab.elb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The maps as nginx reads them (ngx_http_map_module): the first expression that matches decides, else the default. */
class ForwardedCookiesTest {
    private static final Pattern MAP = Pattern.compile("map (\\$\\w+) (\\$\\w+) \\{\n(.*?)\n *\\}", Pattern.DOTALL);
    private static final Pattern ENTRY = Pattern.compile(" *(?:default|\"~(?<regex>.*)\") (?<value>\\S+);");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");
    private static final Pattern GROUP = Pattern.compile("\\(\\?<(\\w+)>");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                                         | -
            AWSALB=web.1; cart=a=b                                    | AWSALB=web.1; cart=a=b
            failoverlab-8490=0123                                     | -
            failoverlab-8490=0123; AWSALB=web.1                       | AWSALB=web.1
            AWSALB=web.1; failoverlab-8490=0123                       | AWSALB=web.1
            AWSALB=web.1; failoverlab-8490=0123; cart=1               | AWSALB=web.1; cart=1
            AWSALB=web.1;failoverlab-8490=0123;cart=1                 | AWSALB=web.1;cart=1
            failoverlab-1=0; a=1; failoverlab-22=0; failoverlab-333=0 | a=1
            failoverlab-1=0;failoverlab-2=0;failoverlab-3=0; b=1;failoverlab-4=0 | b=1
            failoverlab=mine; failoverlab-theme=dark                  | failoverlab=mine; failoverlab-theme=dark
            """)
    void aLoginOfAMonitorsPageIsKeptFromTheTargetsAndNothingElse(String sent, String forwarded) {
        assertThat(forwarded(sent == null ? "" : sent)).isEqualTo(forwarded == null ? "" : forwarded);
    }

    @Test
    void ofTooManyLoginsNoneIsForwardedEither() {
        assertThat(forwarded(
                        "failoverlab-1=0; failoverlab-2=0; failoverlab-3=0; failoverlab-4=0; failoverlab-5=0; cart=1"))
                .isEmpty();
    }

    private static String forwarded(String cookies) {
        Map<String, String> variables = new HashMap<>(Map.of("http_cookie", cookies));
        Matcher maps = MAP.matcher(ForwardedCookies.render());
        while (maps.find()) {
            variables.put(maps.group(2).substring(1), mapped(maps.group(3), maps.group(1), variables));
        }
        return variables.get(ForwardedCookies.VARIABLE.substring(1));
    }

    private static String mapped(String entries, String source, Map<String, String> variables) {
        String value = variables.get(source.substring(1));
        String otherwise = "";
        for (String line : entries.split("\n")) {
            Matcher entry = ENTRY.matcher(line);
            assertThat(entry.matches()).as(line).isTrue();
            if (entry.group("regex") == null) {
                otherwise = entry.group("value");
                continue;
            }
            Matcher found = Pattern.compile(entry.group("regex")).matcher(value);
            if (found.find()) {
                GROUP.matcher(entry.group("regex"))
                        .results()
                        .map(it -> it.group(1))
                        .forEach(name -> variables.put(name, found.group(name)));
                return expanded(entry.group("value"), variables);
            }
        }
        return expanded(otherwise, variables);
    }

    private static String expanded(String value, Map<String, String> variables) {
        return VARIABLE.matcher(value.replace("\"", ""))
                .replaceAll(it -> Matcher.quoteReplacement(variables.get(it.group(1))));
    }
}
