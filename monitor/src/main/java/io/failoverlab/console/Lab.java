package io.failoverlab.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * The lab behind the page. It is asked two things, in JSON:
 *
 * <pre>
 * {"ask":"offers"}                                          what can be done now
 * {"ask":"act","action","resource","parameters":{},"role"}  does one of these, as {"done":true or false,"message"}
 * </pre>
 *
 * What it offers is an object with {@code offers}, each with {@code action}, {@code resource} and whatever else the page shows. Who may
 * do it is decided here, not there.
 */
interface Lab {
    /** @throws IOException if it does not answer */
    JsonNode ask(JsonNode request) throws IOException;
}
