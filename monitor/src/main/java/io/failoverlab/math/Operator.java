package io.failoverlab.math;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * An operator between two values, on numbers. What is not finite, as a quotient by zero, is no value. CloudWatch documents no
 * precedence: this is that of most languages, the power binding to the right and before a minus sign.
 */
enum Operator {
    OR("OR", "||", 1, (a, b) -> truth(a != 0 || b != 0)),
    AND("AND", "&&", 2, (a, b) -> truth(a != 0 && b != 0)),
    EQUAL("==", 3, (a, b) -> truth(a == b)),
    NOT_EQUAL("!=", 3, (a, b) -> truth(a != b)),
    AT_MOST("<=", 3, (a, b) -> truth(a <= b)),
    AT_LEAST(">=", 3, (a, b) -> truth(a >= b)),
    LESS("<", 3, (a, b) -> truth(a < b)),
    MORE(">", 3, (a, b) -> truth(a > b)),
    PLUS("+", 4, Double::sum),
    MINUS("-", 4, (a, b) -> a - b),
    TIMES("*", 5, (a, b) -> a * b),
    DIVIDED("/", 5, (a, b) -> a / b),
    POWER("^", 7, Math::pow);

    /** Of a minus sign before a value. */
    static final int NEGATION_PRECEDENCE = 6;

    private final String symbol;
    private final String otherSymbol;
    private final int precedence;
    private final DoubleBinaryOperator function;

    Operator(String symbol, int precedence, DoubleBinaryOperator function) {
        this(symbol, symbol, precedence, function);
    }

    Operator(String symbol, String otherSymbol, int precedence, DoubleBinaryOperator function) {
        this.symbol = symbol;
        this.otherSymbol = otherSymbol;
        this.precedence = precedence;
        this.function = function;
    }

    static Optional<Operator> of(String symbol) {
        return Arrays.stream(values())
                .filter(operator -> operator.symbol.equals(symbol) || operator.otherSymbol.equals(symbol))
                .findFirst();
    }

    private static double truth(boolean value) {
        return value ? 1 : 0;
    }

    String symbol() {
        return symbol;
    }

    /** Higher binds tighter. */
    int precedence() {
        return precedence;
    }

    boolean bindsToTheRight() {
        return this == POWER;
    }

    /** NaN if there is no result, as there is none of what is not there. */
    double apply(double left, double right) {
        return Double.isNaN(left) || Double.isNaN(right) ? Double.NaN : function.applyAsDouble(left, right);
    }
}
