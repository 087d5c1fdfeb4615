package io.failoverlab.top;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.OptionalDouble;

/** A number that is not known is null in JSON. */
final class OptionalNumbers extends SimpleModule {
    private static final long serialVersionUID = 1L;

    OptionalNumbers() {
        addSerializer(new Numbers());
    }

    private static final class Numbers extends StdSerializer<OptionalDouble> {
        private static final long serialVersionUID = 1L;

        Numbers() {
            super(OptionalDouble.class);
        }

        @Override
        public void serialize(OptionalDouble value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            if (value.isPresent()) {
                json.writeNumber(value.getAsDouble());
            } else {
                json.writeNull();
            }
        }
    }
}
