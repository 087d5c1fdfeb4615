package io.failoverlab.cli;

import io.failoverlab.fault.FaultKind;
import io.failoverlab.fault.FaultKind.Place;
import io.failoverlab.fault.Faults;
import io.failoverlab.fault.Parameter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The command of one kind of fault: its parameters are the options. */
final class FaultKindCommand implements Callable<Integer> {
    private static final String FOR = "--for";
    private static final String DRY_RUN = "--dry-run";

    private final FaultKind kind;
    private final CommandSpec spec;

    private FaultKindCommand(FaultKind kind) {
        this.kind = kind;
        this.spec = CommandSpec.wrapWithoutInspection(this).name(kind.name());
        spec.usageMessage().description(kind.summary());
        spec.addPositional(where(kind.place()));
        kind.parameters().forEach(it -> spec.addOption(option(it)));
        spec.addOption(OptionSpec.builder(FOR)
                .paramLabel("TIME")
                .type(Duration.class)
                .description("Undo it after that time, such as 30s.")
                .build());
        spec.addOption(OptionSpec.builder(DRY_RUN)
                .type(boolean.class)
                .description("Say what would be hit, and do nothing.")
                .build());
    }

    /** Faults of a zone are the command {@code az}. */
    static void addAllTo(CommandLine fault) {
        Faults.kinds().stream()
                .filter(kind -> kind.place() != Place.ZONE)
                .forEach(kind -> fault.addSubcommand(kind.name(), new FaultKindCommand(kind).spec));
    }

    private static PositionalParamSpec where(Place place) {
        boolean database = place == Place.DATABASE;
        return PositionalParamSpec.builder()
                .index("0")
                .arity(database ? "0..1" : "1")
                .paramLabel(database ? "DATABASE" : "INSTANCE")
                .type(String.class)
                .description(
                        switch (place) {
                            case INSTANCE -> "Such as web-1a.";
                            case REPLICA -> "A read replica such as db-1-replica, or a standby.";
                            case ZONE -> "Such as c.";
                            case DATABASE -> "The database (default: db).";
                        })
                .build();
    }

    private static OptionSpec option(Parameter parameter) {
        String fallback = parameter.fallback();
        return OptionSpec.builder("--" + parameter.name())
                .paramLabel(
                        switch (parameter.form()) {
                            case Parameter.Form.Number number -> "N";
                            case Parameter.Form.Time time -> "TIME";
                            case Parameter.Form.Word word -> String.join("|", word.words());
                            case Parameter.Form.Name name -> "NAME";
                        })
                .type(String.class)
                .description(parameter.meaning() + (fallback.isEmpty() ? "" : " (default: " + fallback + ")") + ".")
                .build();
    }

    @Override
    public Integer call() {
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter parameter : kind.parameters()) {
            String value = parsed.matchedOptionValue("--" + parameter.name(), null);
            if (value != null) {
                values.put(parameter.name(), value);
            }
        }
        return FaultRequests.inject(
                kind.name(),
                parsed.matchedPositionalValue(0, "db"),
                parsed.matchedOptionValue(FOR, Duration.ZERO),
                values,
                parsed.matchedOptionValue(DRY_RUN, false));
    }
}
