package io.failoverlab.math;

import io.failoverlab.math.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the language of metric math (CloudWatch User Guide, "Metric math syntax and functions"). */
final class Parser {
    static final int MAX_LENGTH = 2048;
    /** So that no expression is deeper than the stack of a thread. */
    private static final int MAX_DEPTH = 100;

    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws ExpressionException if the text is no expression */
    static Expression parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException(
                    new Position(MAX_LENGTH + 1),
                    "an expression has at most " + MAX_LENGTH + " characters, found " + text.length());
        }
        if (text.stripLeading().toUpperCase(Locale.ROOT).startsWith("SELECT ")) {
            throw new ExpressionException(
                    new Position(1), "Metrics Insights queries (SELECT ...) are not supported by this monitor");
        }
        Parser parser = new Parser(Lexer.tokens(text));
        Expression expression = parser.binary(0);
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected("an operator or the end of the expression");
        }
        return expression;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        return tokens.get(next++);
    }

    private boolean took(String symbol) {
        if (!peek().is(symbol)) {
            return false;
        }
        next++;
        return true;
    }

    private ExpressionException unexpected(String expected) {
        return new ExpressionException(peek().at(), "expected " + expected + ", found " + peek().inWords());
    }

    /** Operators that bind at least as tightly as this. */
    private Expression binary(int precedence) {
        if (++depth > MAX_DEPTH) {
            throw new ExpressionException(peek().at(), "nested more than " + MAX_DEPTH + " levels deep");
        }
        Expression left = unary();
        while (true) {
            Optional<Operator> operator = operator().filter(found -> found.precedence() >= precedence);
            if (operator.isEmpty()) {
                depth--;
                return left;
            }
            Position at = take().at();
            int mine = operator.get().precedence();
            Expression right = binary(operator.get().bindsToTheRight() ? mine : mine + 1);
            left = new Expression.Binary(at, operator.get(), left, right);
        }
    }

    private Optional<Operator> operator() {
        return switch (peek().kind()) {
            case SYMBOL, NAME -> Operator.of(peek().text());
            case NUMBER, STRING, END -> Optional.empty();
        };
    }

    private Expression unary() {
        Position at = peek().at();
        return took("-") ? new Expression.Negation(at, binary(Operator.NEGATION_PRECEDENCE + 1)) : operand(at);
    }

    private Expression operand(Position at) {
        if (took("(")) {
            Expression inner = binary(0);
            if (!took(")")) {
                throw unexpected("an operator or ')'");
            }
            return inner;
        }
        if (took("[")) {
            return new Expression.Array(at, list("]"));
        }
        return switch (peek().kind()) {
            case NUMBER -> number(take());
            case STRING -> new Expression.Text(at, take().text());
            case NAME -> name();
            case SYMBOL, END -> throw unexpected("a number, an id, a function, '(' or '['");
        };
    }

    private static Expression number(Token token) {
        double value = Double.parseDouble(token.text());
        if (Double.isInfinite(value)) {
            throw new ExpressionException(token.at(), "the number " + token.text() + " is too large");
        }
        return new Expression.Number(token.at(), value);
    }

    private Expression name() {
        if (operator().isPresent()) {
            throw unexpected("a number, an id, a function, '(' or '['");
        }
        Token name = take();
        if (took("(")) {
            return new Expression.Call(name.at(), name.text(), list(")"));
        }
        return Character.isLowerCase(name.text().charAt(0))
                ? new Expression.Reference(name.at(), name.text())
                : new Expression.Word(name.at(), name.text());
    }

    private List<Expression> list(String closing) {
        List<Expression> elements = new ArrayList<>();
        if (took(closing)) {
            return elements;
        }
        do {
            elements.add(binary(0));
        } while (took(","));
        if (!took(closing)) {
            throw unexpected("an operator, ',' or '" + closing + "'");
        }
        return elements;
    }
}
