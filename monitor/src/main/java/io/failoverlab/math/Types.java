package io.failoverlab.math;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out what an expression gives, or where it makes no sense, before any data is read. */
final class Types {
    private final Map<String, Type> ids;
    private final Set<String> metrics;

    /**
     * @param ids what each query gives that the expression may refer to
     * @param metrics those of them that read a metric
     */
    Types(Map<String, Type> ids, Set<String> metrics) {
        this.ids = ids;
        this.metrics = metrics;
    }

    /** @throws ExpressionException if it cannot be evaluated */
    Type of(Expression expression) {
        return switch (expression) {
            case Expression.Number ignored -> Type.NUMBER;
            case Expression.Text ignored -> Type.STRING;
            case Expression.Word ignored -> Type.WORD;
            case Expression.Reference reference -> reference(reference);
            case Expression.Array array -> array(array);
            case Expression.Negation negation -> expect(negation.operand(), Type.NUMBER, Type.SERIES, Type.ARRAY);
            case Expression.Binary binary -> binary(binary);
            case Expression.Call call -> call(call);
        };
    }

    private Type reference(Expression.Reference reference) {
        Type type = ids.get(reference.id());
        if (type == null) {
            throw new ExpressionException(
                    reference.at(),
                    "there is no query with the id " + reference.id() + Spelling.suggest(reference.id(), ids.keySet()));
        }
        return type;
    }

    private Type array(Expression.Array array) {
        if (array.elements().isEmpty()) {
            throw new ExpressionException(array.at(), "expected at least one time series in the array, found none");
        }
        array.elements().forEach(element -> expect(element, Type.SERIES, Type.ARRAY));
        return Type.ARRAY;
    }

    private Type binary(Expression.Binary binary) {
        Type left = expect(binary.left(), Type.NUMBER, Type.SERIES, Type.ARRAY);
        Type right = expect(binary.right(), Type.NUMBER, Type.SERIES, Type.ARRAY);
        if (left == Type.ARRAY && right == Type.ARRAY) {
            throw new ExpressionException(
                    binary.at(),
                    "'" + binary.operator().symbol() + "' cannot combine two arrays of time series; reduce one of them,"
                            + " for example with SUM");
        }
        return left.compareTo(right) > 0 ? left : right;
    }

    private Type call(Expression.Call call) {
        return Functions.find(call).type(call, this);
    }

    /** The type of an argument that must have one of these. */
    Type expect(Expression expression, Type... allowed) {
        Type found = of(expression);
        if (!List.of(allowed).contains(found)) {
            String expected = String.join(
                    " or ", Arrays.stream(allowed).map(Type::inWords).toList());
            throw new ExpressionException(
                    expression.at(), "expected " + expected + ", found " + found.inWords() + ": " + expression);
        }
        return found;
    }

    /** As {@link #expect}, for one of several keywords. */
    void expectWord(Expression expression, List<String> allowed) {
        if (!(expression instanceof Expression.Word word) || !allowed.contains(word.name())) {
            throw new ExpressionException(
                    expression.at(), "expected " + String.join(" or ", allowed) + ", found " + expression);
        }
    }

    /** A reference to a query that reads a metric. */
    void expectMetric(Expression expression) {
        of(expression);
        if (!(expression instanceof Expression.Reference reference) || !metrics.contains(reference.id())) {
            throw new ExpressionException(
                    expression.at(), "expected the id of a metric, not an expression, found " + expression);
        }
    }

    void expectArguments(Expression.Call call, int atLeast, int atMost) {
        int found = call.arguments().size();
        if (found < atLeast || found > atMost) {
            String expected = atLeast == atMost ? Integer.toString(atLeast) : atLeast + " to " + atMost;
            throw new ExpressionException(
                    call.at(),
                    call.function() + " takes " + expected + (expected.equals("1") ? " argument" : " arguments")
                            + ", found " + found);
        }
    }
}
