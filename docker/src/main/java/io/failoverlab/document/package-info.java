/**
 * YAML and JSON files that people write by hand, read so that every mistake is reported at once, each with its line, its column
 * and what was expected. Start at {@link io.failoverlab.document.Document}.
 */
package io.failoverlab.document;
