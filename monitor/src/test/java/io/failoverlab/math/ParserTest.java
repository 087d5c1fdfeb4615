package io.failoverlab.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {
    private static final List<String> PIECES = List.of(
            "m1", "m2", "1", "2.5", ".5", "1e3", "\"a\"", "'b'", "AVG", "SORT", "(", ")", "[", "]", ",", "+", "-", "*",
            "/", "^", "==", "!=", "<", ">", "<=", ">=", "AND", "OR", "&&", "||", " ", "METRICS", "ASC", "=", "&", "\"",
            "é", "$");

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        m1+m2*3                        ~ m1 + m2 * 3
        (m1+m2)*3                      ~ (m1 + m2) * 3
        m1-(m2-3)                      ~ m1 - (m2 - 3)
        (m1-m2)-3                      ~ m1 - m2 - 3
        (2^m1)^3                       ~ (2 ^ m1) ^ 3
        2^(m1^3)                       ~ 2 ^ m1 ^ 3
        -(m1+1)^2                      ~ -(m1 + 1) ^ 2
        2^-m1                          ~ 2 ^ (-m1)
        - - m1                         ~ --m1
        m1>1&&m2<2||m1==m2             ~ m1 > 1 AND m2 < 2 OR m1 == m2
        m1 >1 AND (m2<2 OR m1!=.5)     ~ m1 > 1 AND (m2 < 2 OR m1 != 0.5)
        SORT([m1,m2],AVG,DESC,10)      ~ SORT([m1, m2], AVG, DESC, 10)
        SUM(METRICS('4"xx'))           ~ SUM(METRICS('4"xx'))
        SUM(METRICS('4xx'))            ~ SUM(METRICS("4xx"))
        METRICS()                      ~ METRICS()""")
    void expressionsArePrintedWithoutNeedlessParentheses(String text, String printed) {
        Expression expression = Parser.parse(text);
        assertThat(expression).hasToString(printed);
        assertThat(Parser.parse(printed)).isEqualTo(expression);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``              | column 1: expected a number, an id, a function, '(' or '[', found the end of the expression
        m1 +            | column 5: expected a number, an id, a function, '(' or '[', found the end of the expression
        m1 + * m2       | column 6: expected a number, an id, a function, '(' or '[', found '*'
        (m1 + m2        | column 9: expected an operator or ')', found the end of the expression
        m1 m2           | column 4: expected an operator or the end of the expression, found 'm2'
        2m1             | column 2: expected an operator or the end of the expression, found 'm1'
        SUM(m1          | column 7: expected an operator, ',' or ')', found the end of the expression
        SUM(m1,)        | column 8: expected a number, an id, a function, '(' or '[', found ')'
        [m1, m2)        | column 8: expected an operator, ',' or ']', found ')'
        m1 = 5          | column 4: found '=', expected '==' to compare
        m1 & m2         | column 4: found '&', expected '&&' or AND
        m1 AND OR m2    | column 8: expected a number, an id, a function, '(' or '[', found 'OR'
        METRICS("a)     | column 9: this quote has no closing "
        m1 + $x         | column 6: found '$', which has no meaning here
        1e999 * m1      | column 1: the number 1e999 is too large
        SELECT AVG(x)   | column 1: Metrics Insights queries (SELECT ...) are not supported by this monitor""")
    void errorsNameThePlace(String text, String message) {
        assertThatThrownBy(() -> Parser.parse(text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(message);
    }

    @Test
    void depthAndLengthAreLimited() {
        assertThatThrownBy(() -> Parser.parse("(".repeat(2048)))
                .hasMessageContaining("nested more than 100 levels deep");
        assertThatThrownBy(() -> Parser.parse("-".repeat(2048)))
                .hasMessageContaining("nested more than 100 levels deep");
        assertThatThrownBy(() -> Parser.parse("2" + "^2".repeat(1000))).hasMessageContaining("nested more than 100");
        assertThatThrownBy(() -> Parser.parse("1" + "+1".repeat(1024))).hasMessageContaining("at most 2048 characters");
        String longest = "m1" + " + 1".repeat(511);
        assertThat(Parser.parse(longest)).hasToString(longest);
    }

    /** Texts of random pieces, and valid ones with a piece put in or taken out. */
    @Test
    void anyTextIsUnderstoodOrRefusedAndWhatIsUnderstoodIsPrintedAsTheSame() {
        Random random = new Random(20260102);
        int understood = 0;
        for (int i = 0; i < 50_000; i++) {
            String text =
                    i % 2 == 0 ? pieces(random) : mutated(expression(random, 4).toString(), random);
            try {
                Expression expression = Parser.parse(text);
                assertThat(Parser.parse(expression.toString())).as(text).isEqualTo(expression);
                understood++;
            } catch (ExpressionException refused) {
                assertThat(refused).as(text).hasMessageStartingWith("column ");
            }
        }
        assertThat(understood).isBetween(10_000, 40_000);
    }

    @Test
    void everyExpressionIsPrintedSoThatItIsReadAsTheSame() {
        Random random = new Random(20260103);
        for (int i = 0; i < 20_000; i++) {
            Expression expression = expression(random, 6);
            assertThat(Parser.parse(expression.toString())).isEqualTo(expression);
        }
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static String mutated(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(3));
        String piece = random.nextBoolean() ? PIECES.get(random.nextInt(PIECES.size())) : "";
        return text.substring(0, from) + piece + text.substring(to);
    }

    private static Expression expression(Random random, int depth) {
        Position at = new Position(1);
        return switch (depth == 0 ? random.nextInt(4) : random.nextInt(9)) {
            case 0 -> new Expression.Number(at, random.nextInt(1000) / 8.0);
            case 1 -> new Expression.Reference(at, "m" + random.nextInt(10));
            case 2 -> new Expression.Text(at, "te'xt " + random.nextInt(10));
            case 3 -> new Expression.Word(at, "LINEAR");
            case 4 -> new Expression.Array(at, expressions(random, depth));
            case 5 -> new Expression.Negation(at, expression(random, depth - 1));
            case 6 -> new Expression.Call(at, "IF", expressions(random, depth));
            default ->
                new Expression.Binary(
                        at,
                        Operator.values()[random.nextInt(Operator.values().length)],
                        expression(random, depth - 1),
                        expression(random, depth - 1));
        };
    }

    private static List<Expression> expressions(Random random, int depth) {
        List<Expression> expressions = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            expressions.add(expression(random, depth - 1));
        }
        return expressions;
    }
}
