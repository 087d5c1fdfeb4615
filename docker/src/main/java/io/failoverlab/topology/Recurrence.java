package io.failoverlab.topology;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * AWS's {@code Recurrence}: Unix cron with five fields (minute, hour, day of month, month, day of week).
 *
 * @param expression such as {@code 30 8 * * MON-FRI}
 */
public record Recurrence(String expression) {
    static final String FORM =
            "five fields of cron (minute, hour, day of month, month, day of week), such as" + " \"30 8 * * MON-FRI\"";

    public Recurrence {
        parse(expression);
    }

    private static Cron parse(String expression) {
        try {
            return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("expected " + FORM + ", found " + expression, refused);
        }
    }

    /** The first time after that one, by its zone's clock. */
    Optional<Instant> next(ZonedDateTime after) {
        return ExecutionTime.forCron(parse(expression)).nextExecution(after).map(ZonedDateTime::toInstant);
    }
}
