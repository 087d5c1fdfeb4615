package io.failoverlab.alarm;

import java.util.Locale;

/** Cuts the rule of a composite alarm into words; it looks one word ahead. */
final class AlarmRuleLexer {
    private final String text;
    private int position;

    enum TokenType {
        OPEN,
        CLOSE,
        COMMA,
        /** Also a number. */
        WORD,
        /** In double quotes. */
        QUOTED,
        END
    }

    /** @param at of its first character in the rule, counted from 1 */
    record Token(TokenType type, String text, int at) {
        AlarmRuleException unexpected(String expected) {
            return new AlarmRuleException("AlarmRule is not valid at position " + at + ": expected " + expected
                    + ", found " + (type == TokenType.END ? "the end" : "'" + text + "'"));
        }
    }

    AlarmRuleLexer(String text) {
        this.text = text;
    }

    Token next() {
        skipSpace();
        if (position == text.length()) {
            return new Token(TokenType.END, "", position + 1);
        }
        int start = position;
        return switch (text.charAt(position)) {
            case '(' -> sign(TokenType.OPEN);
            case ')' -> sign(TokenType.CLOSE);
            case ',' -> sign(TokenType.COMMA);
            case '"' -> quoted();
            default -> {
                while (position < text.length() && isPartOfWord(text.charAt(position))) {
                    position++;
                }
                yield new Token(TokenType.WORD, text.substring(start, position), start + 1);
            }
        };
    }

    /** An alarm's name: in quotes, or everything up to the next comma or parenthesis. */
    Token alarmName() {
        skipSpace();
        int start = position;
        if (start < text.length() && text.charAt(start) == '"') {
            return quoted();
        }
        while (position < text.length() && "(),\"".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String name = text.substring(start, position).strip();
        if (name.isEmpty()) {
            throw next().unexpected("the name or ARN of an alarm");
        }
        return new Token(TokenType.WORD, name, start + 1);
    }

    void expect(TokenType type, String inWords) {
        Token token = next();
        if (token.type() != type) {
            throw token.unexpected(inWords);
        }
    }

    /** Takes the next word if it is this one. */
    boolean skipWord(String word) {
        int before = position;
        Token token = next();
        if (token.type() == TokenType.WORD
                && token.text().toUpperCase(Locale.ROOT).equals(word)) {
            return true;
        }
        position = before;
        return false;
    }

    private Token sign(TokenType type) {
        position++;
        return new Token(type, text.substring(position - 1, position), position);
    }

    /** A backslash takes the character after it as it is. */
    private Token quoted() {
        int start = position++;
        StringBuilder name = new StringBuilder();
        while (position < text.length() && text.charAt(position) != '"') {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            name.append(text.charAt(position++));
        }
        Token token = new Token(TokenType.QUOTED, name.toString(), start + 1);
        if (position == text.length() || name.isEmpty()) {
            throw new Token(token.type(), text.substring(start), start + 1).unexpected("a name in double quotes");
        }
        position++;
        return token;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isPartOfWord(char c) {
        return !Character.isWhitespace(c) && "(),\"".indexOf(c) < 0;
    }
}
