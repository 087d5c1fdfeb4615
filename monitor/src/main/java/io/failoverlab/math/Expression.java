package io.failoverlab.math;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A parsed expression; {@link #toString()} is text that parses to an equal one. */
sealed interface Expression {
    Position at();

    /** How tightly its outermost operator binds; parts without one bind tightest. */
    default int precedence() {
        return Integer.MAX_VALUE;
    }

    /** @param value not negative: a minus sign is a {@link Negation} */
    record Number(Position at, double value) implements Expression {
        @Override
        public String toString() {
            return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        }
    }

    /** What it is made of, itself first; not recursive, since a long sum is deep. */
    static List<Expression> tree(Expression root) {
        List<Expression> tree = new ArrayList<>(List.of(root));
        for (int i = 0; i < tree.size(); i++) {
            tree.addAll(tree.get(i).parts());
        }
        return tree;
    }

    default List<Expression> parts() {
        return List.of();
    }

    /** A text in quotes. */
    record Text(Position at, String value) implements Expression {
        @Override
        public String toString() {
            char quote = value.indexOf('"') < 0 ? '"' : '\'';
            return quote + value + quote;
        }
    }

    /** A name in upper case that is no function, for example {@code REPEAT}. */
    record Word(Position at, String name) implements Expression {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The result of another query. */
    record Reference(Position at, String id) implements Expression {
        @Override
        public String toString() {
            return id;
        }
    }

    record Array(Position at, List<Expression> elements) implements Expression {
        public Array {
            elements = List.copyOf(elements);
        }

        @Override
        public List<Expression> parts() {
            return elements;
        }

        @Override
        public String toString() {
            return elements.stream().map(Expression::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    record Negation(Position at, Expression operand) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(operand);
        }

        @Override
        public int precedence() {
            return Operator.NEGATION_PRECEDENCE;
        }

        @Override
        public String toString() {
            return "-" + inParentheses(operand, operand.precedence() < precedence());
        }
    }

    /** @param at position of the operator */
    record Binary(Position at, Operator operator, Expression left, Expression right) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(left, right);
        }

        @Override
        public int precedence() {
            return operator.precedence();
        }

        @Override
        public String toString() {
            boolean toTheRight = operator.bindsToTheRight();
            int mine = precedence();
            return inParentheses(left, left.precedence() < mine || (left.precedence() == mine && toTheRight))
                    + " " + operator.symbol() + " "
                    + inParentheses(right, right.precedence() < mine || (right.precedence() == mine && !toTheRight));
        }
    }

    record Call(Position at, String function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<Expression> parts() {
            return arguments;
        }

        @Override
        public String toString() {
            return arguments.stream().map(Expression::toString).collect(Collectors.joining(", ", function + "(", ")"));
        }
    }

    private static String inParentheses(Expression expression, boolean needed) {
        return needed ? "(" + expression + ")" : expression.toString();
    }
}
