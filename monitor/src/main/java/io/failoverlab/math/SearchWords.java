package io.failoverlab.math;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A name cut into words where camel case, digits or other characters begin: {@code CustomCount1} has the words Custom, Count and 1
 * (CloudWatch User Guide, "CloudWatch search expressions: Tokenization").
 *
 * @param delimited whether other characters than letters and digits stand between them
 */
record SearchWords(List<String> words, boolean delimited) {
    private static final Pattern WORD = Pattern.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\\d+");
    private static final Pattern DELIMITER = Pattern.compile("[^A-Za-z0-9]");

    static SearchWords of(String name) {
        return new SearchWords(
                WORD.matcher(name).results().map(MatchResult::group).toList(),
                DELIMITER.matcher(name).find());
    }

    /**
     * Whether this, a term, is found in a name. One word is found in any case, as a word or as the whole name. Several must follow
     * each other there; their case matters unless the term is delimited, as all of AWS's examples have it.
     */
    boolean isIn(SearchWords name) {
        if (words.isEmpty()) {
            return false;
        }
        UnaryOperator<String> lower = word -> word.toLowerCase(Locale.ROOT);
        String whole = lower.apply(String.join("", words));
        if (whole.equals(lower.apply(String.join("", name.words)))) {
            return true;
        }
        boolean anyCase = words.size() == 1 || delimited;
        UnaryOperator<String> form = anyCase ? lower : word -> word;
        return Collections.indexOfSubList(
                        name.words.stream().map(form).toList(),
                        words.stream().map(form).toList())
                >= 0;
    }
}
