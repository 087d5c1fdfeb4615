package io.failoverlab.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failoverlab.metric.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlarmRuleTest {
    private static final String ARNS = Scope.LAB.alarmArn("");
    private static final Map<String, AlarmState> STATES = Map.of(
            "alarm", AlarmState.ALARM,
            "alarm2", AlarmState.ALARM,
            "ok", AlarmState.OK,
            "ok 2", AlarmState.OK,
            "unknown", AlarmState.INSUFFICIENT_DATA);

    private static final String RULES = """
            TRUE                                                  -> true
            FALSE                                                 -> false
            true                                                  -> true
            ALARM(alarm)                                          -> true
            ALARM(ok)                                             -> false
            OK(ok)                                                -> true
            OK("ok 2")                                            -> true
            OK(ok 2)                                              -> true
            INSUFFICIENT_DATA(unknown)                            -> true
            ALARM("arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:alarm") -> true
            ALARM(arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:ok)      -> false
            ALARM ( alarm )                                       -> true
            NOT ALARM(alarm)                                      -> false
            NOT NOT ALARM(alarm)                                  -> true
            NOT(ALARM(ok))                                        -> true
            ALARM(alarm) AND OK(ok)                               -> true
            ALARM(alarm)AND OK(ok)                                -> true
            ALARM(alarm) and not OK(ok)                           -> false
            ALARM(ok) OR ALARM(alarm)                             -> true
            TRUE OR FALSE AND FALSE                               -> true
            FALSE AND FALSE OR TRUE                               -> true
            (TRUE OR FALSE) AND FALSE                             -> false
            NOT FALSE AND FALSE                                   -> false
            NOT (FALSE AND FALSE)                                 -> true
            ((ALARM(alarm)))                                      -> true
            AT_LEAST(2, ALARM, (alarm, alarm2, ok))               -> true
            AT_LEAST(3, ALARM, (alarm, alarm2, ok))               -> false
            AT_LEAST(2, NOT ALARM, (alarm, ok, unknown))          -> true
            AT_LEAST(60%, ALARM, (alarm, alarm2, ok))             -> true
            AT_LEAST(67%, ALARM, (alarm, alarm2, ok))             -> false
            AT_LEAST("50%", OK, ("ok", "ok 2", alarm, alarm2))    -> true
            AT_LEAST(100%, OK, (ok)) AND NOT AT_LEAST(1, OK, (alarm)) -> true
            """;

    private static AlarmRule parse(String rule) {
        return AlarmRuleParser.parse(rule, ARNS);
    }

    @Test
    void rulesAreTrueOrFalse() {
        String found = RULES.lines()
                .map(line -> line.split(" +-> ")[0])
                .map(rule -> rule + " -> " + parse(rule).holds(STATES::get))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(found).isEqualTo(RULES.replaceAll(" +-> ", " -> "));
    }

    private static final String ERRORS = """
            ALARM                  | 6: expected '(', found the end
            ALARM(                 | 7: expected the name or ARN of an alarm, found the end
            ALARM()                | 7: expected the name or ARN of an alarm, found ')'
            ALARM(a                | 8: expected ')', found the end
            ALARM("a               | 7: expected a name in double quotes, found '"a'
            ALARM(a))              | 9: expected AND, OR or the end, found ')'
            ALARM(a) ALARM(b)      | 10: expected AND, OR or the end, found 'ALARM'
            (ALARM(a)              | 10: expected AND, OR or ')', found the end
            ALARM(a) AND           | 13: expected ALARM, OK, INSUFFICIENT_DATA, AT_LEAST, TRUE, FALSE, NOT or '(', found the end
            NOPE(a)                | 1: expected ALARM, OK, INSUFFICIENT_DATA, AT_LEAST, TRUE, FALSE, NOT or '(', found 'NOPE'
            AT_LEAST(3, ALARM, (a, b)) | 10: expected 1 to 2 (the number of alarms), or a percentage like 60%, found '3'
            AT_LEAST(0, ALARM, (a, b)) | 10: expected 1 to 2 (the number of alarms), or a percentage like 60%, found '0'
            AT_LEAST(101%, OK, (a))    | 10: expected 1% to 100%, found '101%'
            AT_LEAST(1, RED, (a))      | 13: expected ALARM, OK or INSUFFICIENT_DATA, found 'RED'
            AT_LEAST(1, OK, a)         | 17: expected '(', found 'a'
            ALARM(arn:aws:cloudwatch:eu-west-1:000000000000:alarm:a) | 7: expected an alarm of the same account and region, \
            arn:aws:cloudwatch:ap-northeast-1:000000000000:alarm:NAME, found 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:a'
            """;

    @Test
    void errorsNameThePosition() {
        List<String> found = new ArrayList<>();
        ERRORS.lines().map(line -> line.split(" +\\| ")[0]).forEach(rule -> {
            try {
                found.add(rule + " is valid");
            } finally {
                assertThatThrownBy(() -> parse(rule))
                        .isInstanceOfSatisfying(
                                AlarmRuleException.class,
                                e -> found.set(
                                        found.size() - 1,
                                        rule + " | "
                                                + e.getMessage().replace("AlarmRule is not valid at position ", "")));
            }
        });
        assertThat(found)
                .isEqualTo(ERRORS.lines()
                        .map(line -> line.replaceAll(" +\\| ", " | "))
                        .toList());
    }

    @Test
    void namesTheAlarmsItWatchesOnce() {
        assertThat(parse("ALARM(b) OR OK(\"a\") OR AT_LEAST(1, OK, (b, c)) OR ALARM(" + ARNS + "d)")
                        .children())
                .containsExactly("b", "a", "c", "d");
    }

    @Test
    void aQuotedNameMayHoldAnything() {
        assertThat(parse("ALARM(\"a (b), \\\"c\\\" \\\\\")").children()).containsExactly("a (b), \"c\" \\");
    }

    @Test
    void keepsCloudWatchsLimits() {
        String hundred = alarms(100);
        assertThat(parse(hundred).children()).hasSize(100);
        assertRefused(alarms(101), "AlarmRule must watch at most 100 alarms, found 101");
        assertThat(parse(constants(500)).children()).isEmpty();
        assertRefused(
                constants(501),
                "AlarmRule must have at most 500 elements (alarms, TRUE, FALSE and pairs of parentheses), found more");
        String long10240 = "ALARM(\"" + "a".repeat(10_240 - 9) + "\")";
        assertThat(parse(long10240).text()).hasSize(10_240);
        assertRefused(long10240 + " ", "AlarmRule must have at most 10240 characters, found 10241");
        assertRefused(" TRUE", "AlarmRule must not contain leading or trailing whitespace or be null");
        assertRefused("", "AlarmRule must not contain leading or trailing whitespace or be null");
    }

    private static String alarms(int count) {
        return IntStream.range(0, count).mapToObj(i -> "ALARM(a" + i + ")").collect(Collectors.joining(" OR "));
    }

    private static String constants(int count) {
        String[] all = new String[count];
        Arrays.fill(all, "TRUE");
        return String.join(" AND ", all);
    }

    private static void assertRefused(String rule, String message) {
        assertThatThrownBy(() -> parse(rule))
                .isInstanceOf(AlarmRuleException.class)
                .hasMessage(message);
    }

    @Test
    void deepNestingIsRefusedByItsElements() {
        assertRefused(
                "(".repeat(5_000) + "TRUE" + ")".repeat(5_000),
                "AlarmRule must have at most 500 elements (alarms, TRUE, FALSE and pairs of parentheses), found more");
    }
}
