package io.failoverlab.report;

/** Escaping for the page: everything that did not come from its template goes through here. */
final class Html {
    private Html() {}

    /** For text and for attribute values in double quotes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** JSON that can stand inside a script element: nothing in it can end the element or start a comment. */
    static String escapedJson(String json) {
        return json.replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
