package io.failoverlab.math;

import io.failoverlab.math.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of an expression into tokens. */
final class Lexer {
    private static final Pattern TOKEN = Pattern.compile("(?<space>\\s+)"
            + "|(?<number>(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)"
            + "|(?<name>[A-Za-z][A-Za-z0-9_]*)"
            + "|\"(?<double>[^\"]*)\"|'(?<single>[^']*)'"
            + "|(?<symbol>==|!=|<=|>=|&&|\\|\\||[-+*/^<>()\\[\\],])");

    private Lexer() {}

    /** The last token is the end. */
    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int offset = 0;
        while (offset < text.length()) {
            Position at = new Position(offset + 1);
            if (!matcher.region(offset, text.length()).lookingAt()) {
                throw new ExpressionException(at, unreadable(text.charAt(offset)));
            }
            if (matcher.group("space") == null) {
                tokens.add(token(matcher, at));
            }
            offset = matcher.end();
        }
        tokens.add(new Token(Kind.END, "", new Position(offset + 1)));
        return tokens;
    }

    private static Token token(Matcher matcher, Position at) {
        if (matcher.group("number") != null) {
            return new Token(Kind.NUMBER, matcher.group("number"), at);
        }
        if (matcher.group("name") != null) {
            return new Token(Kind.NAME, matcher.group("name"), at);
        }
        if (matcher.group("symbol") != null) {
            return new Token(Kind.SYMBOL, matcher.group("symbol"), at);
        }
        String string = matcher.group("double") != null ? matcher.group("double") : matcher.group("single");
        return new Token(Kind.STRING, string, at);
    }

    private static String unreadable(char found) {
        return switch (found) {
            case '"', '\'' -> "this quote has no closing " + found;
            case '=' -> "found '=', expected '==' to compare";
            case '&' -> "found '&', expected '&&' or AND";
            case '|' -> "found '|', expected '||' or OR";
            default -> "found '" + found + "', which has no meaning here";
        };
    }
}
