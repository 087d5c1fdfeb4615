package io.failoverlab.top;

/**
 * What can be written with.
 *
 * @param colour whether colours and bold type are shown
 * @param ascii whether only characters of ASCII are
 */
record Ink(boolean colour, boolean ascii) {
    String of(Tone tone, String text) {
        return colour && tone.colour() != 0 ? "\u001b[" + tone.colour() + "m" + text + "\u001b[0m" : text;
    }

    String bold(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    String shape(Tone tone) {
        return of(tone, tone.shape(ascii));
    }

    /** Other people's words: nothing in them may steer the terminal. */
    String plain(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (Character.isISOControl(character)) {
                shown.append(' ');
            } else if (!ascii || character < 128) {
                shown.appendCodePoint(character);
            } else {
                shown.append(asciiFor(character));
            }
        });
        return shown.toString();
    }

    private static String asciiFor(int character) {
        return switch (character) {
            case '→' -> "->";
            case '…' -> "...";
            case '–', '—' -> "-";
            default -> "?";
        };
    }
}
