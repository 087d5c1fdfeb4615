package io.failoverlab.alarm;

import io.failoverlab.alarm.AlarmRule.Term;
import io.failoverlab.alarm.AlarmRuleLexer.Token;
import io.failoverlab.alarm.AlarmRuleLexer.TokenType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the rule of a composite alarm:
 *
 * <pre>
 * rule     = and { OR and }
 * and      = not { AND not }
 * not      = NOT not | ( rule ) | TRUE | FALSE | state ( alarm ) | AT_LEAST ( number , [NOT] state , ( alarm { , alarm } ) )
 * state    = OK | ALARM | INSUFFICIENT_DATA
 * number   = 2 | 60% | "60%"
 * alarm    = name or ARN, in double quotes or without
 * </pre>
 *
 * AWS does not say which operator binds closer; this is the usual order.
 */
public final class AlarmRuleParser {
    private static final int MAX_LENGTH = 10_240;
    private static final int MAX_CHILDREN = 100;
    private static final int MAX_ELEMENTS = 500;
    private static final Set<AlarmState> STATES = EnumSet.allOf(AlarmState.class);

    private final AlarmRuleLexer lexer;
    private final String arnPrefix;
    private final Set<String> children = new LinkedHashSet<>();
    private int elements;

    private AlarmRuleParser(String text, String arnPrefix) {
        this.lexer = new AlarmRuleLexer(text);
        this.arnPrefix = arnPrefix;
    }

    /**
     * @param arnPrefix what the ARNs of all alarms of the account and region begin with
     * @throws AlarmRuleException if the text is not of the grammar or beyond CloudWatch's limits
     */
    public static AlarmRule parse(String text, String arnPrefix) {
        if (text.length() > MAX_LENGTH) {
            throw new AlarmRuleException(
                    "AlarmRule must have at most " + MAX_LENGTH + " characters, found " + text.length());
        }
        if (text.isEmpty() || !text.equals(text.strip())) {
            throw new AlarmRuleException("AlarmRule must not contain leading or trailing whitespace or be null");
        }
        AlarmRuleParser parser = new AlarmRuleParser(text, arnPrefix);
        Term term = parser.or();
        parser.lexer.expect(TokenType.END, "AND, OR or the end");
        if (parser.children.size() > MAX_CHILDREN) {
            throw new AlarmRuleException(
                    "AlarmRule must watch at most " + MAX_CHILDREN + " alarms, found " + parser.children.size());
        }
        return new AlarmRule(text, term, Collections.unmodifiableSet(parser.children));
    }

    /** At once, since deep nesting would else exhaust the stack. */
    private void count() {
        elements++;
        if (elements > MAX_ELEMENTS) {
            throw new AlarmRuleException("AlarmRule must have at most " + MAX_ELEMENTS
                    + " elements (alarms, TRUE, FALSE and pairs of parentheses), found more");
        }
    }

    private Term or() {
        List<Term> terms = new ArrayList<>(List.of(and()));
        while (lexer.skipWord("OR")) {
            terms.add(and());
        }
        return terms.size() == 1 ? terms.getFirst() : new Term.Or(terms);
    }

    private Term and() {
        List<Term> terms = new ArrayList<>(List.of(not()));
        while (lexer.skipWord("AND")) {
            terms.add(not());
        }
        return terms.size() == 1 ? terms.getFirst() : new Term.And(terms);
    }

    private Term not() {
        boolean negated = false;
        while (lexer.skipWord("NOT")) {
            negated = !negated;
        }
        Term term = single();
        return negated ? new Term.Not(term) : term;
    }

    private Term single() {
        Token token = lexer.next();
        if (token.type() == TokenType.OPEN) {
            count();
            Term inner = or();
            lexer.expect(TokenType.CLOSE, "AND, OR or ')'");
            return inner;
        }
        String word = token.type() == TokenType.WORD ? token.text().toUpperCase(Locale.ROOT) : "";
        switch (word) {
            case "TRUE", "FALSE":
                count();
                return new Term.Constant(word.equals("TRUE"));
            case "AT_LEAST":
                return atLeast();
            default:
                AlarmState state = state(word)
                        .orElseThrow(() ->
                                token.unexpected("ALARM, OK, INSUFFICIENT_DATA, AT_LEAST, TRUE, FALSE, NOT or '('"));
                lexer.expect(TokenType.OPEN, "'('");
                Term term = new Term.InState(state, alarm());
                lexer.expect(TokenType.CLOSE, "')'");
                return term;
        }
    }

    private static Optional<AlarmState> state(String word) {
        return STATES.stream().filter(state -> state.name().equals(word)).findFirst();
    }

    private Term atLeast() {
        lexer.expect(TokenType.OPEN, "'('");
        Token number = lexer.next();
        lexer.expect(TokenType.COMMA, "','");
        boolean inState = !lexer.skipWord("NOT");
        Token condition = lexer.next();
        AlarmState state = state(condition.text().toUpperCase(Locale.ROOT))
                .orElseThrow(() -> condition.unexpected("ALARM, OK or INSUFFICIENT_DATA"));
        lexer.expect(TokenType.COMMA, "','");
        lexer.expect(TokenType.OPEN, "'('");
        List<String> alarms = new ArrayList<>(List.of(alarm()));
        Token end = lexer.next();
        while (end.type() == TokenType.COMMA) {
            alarms.add(alarm());
            end = lexer.next();
        }
        if (end.type() != TokenType.CLOSE) {
            throw end.unexpected("',' or ')'");
        }
        lexer.expect(TokenType.CLOSE, "')'");
        return new Term.AtLeast(needed(number, alarms.size()), state, inState, alarms);
    }

    private static int needed(Token number, int alarms) {
        String text = number.text();
        if (text.matches("\\d{1,3}%")) {
            int percent = Integer.parseInt(text.substring(0, text.length() - 1));
            if (percent < 1 || percent > 100) {
                throw number.unexpected("1% to 100%");
            }
            return Math.ceilDiv(percent * alarms, 100);
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > alarms) {
            throw number.unexpected("1 to " + alarms + " (the number of alarms), or a percentage like 60%");
        }
        return Integer.parseInt(text);
    }

    private String alarm() {
        Token token = lexer.alarmName();
        count();
        String name = token.text();
        if (name.startsWith("arn:")) {
            if (!name.startsWith(arnPrefix) || name.length() == arnPrefix.length()) {
                throw token.unexpected("an alarm of the same account and region, " + arnPrefix + "NAME");
            }
            name = name.substring(arnPrefix.length());
        }
        children.add(name);
        return name;
    }
}
