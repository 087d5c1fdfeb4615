package io.failoverlab.cli;

import io.failoverlab.bench.BenchFailed;
import io.failoverlab.document.DurationText;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.engine.EngineException;
import io.failoverlab.environment.CannotTakeOver;
import io.failoverlab.environment.EnvironmentFailed;
import io.failoverlab.history.UnreadableHistoryException;
import io.failoverlab.session.LabIsUp;
import io.failoverlab.simulation.LoadGeneratorFailed;
import io.failoverlab.watch.MonitorFailed;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The command line's entry. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        version = "Failover Lab 0.1.0-SNAPSHOT",
        description = "Break your web tier on purpose, on one machine, and get a verdict.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            CompareCommand.class,
            SpofCommand.class,
            JudgeCommand.class,
            RunsCommand.class,
            ExperimentsCommand.class,
            SchemaCommand.class,
            UpCommand.class,
            AdoptCommand.class,
            StatusCommand.class,
            LoginCommand.class,
            DownCommand.class,
            LoadCommand.class,
            KillCommand.class,
            StopCommand.class,
            StartCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StressCommand.class,
            FaultCommand.class,
            FaultsCommand.class,
            NoteCommand.class,
            RebootCommand.class,
            FailoverCommand.class,
            PromoteCommand.class,
            DescribeCommand.class,
            ModifyCommand.class,
            SnapshotCommand.class,
            RestoreCommand.class,
            ScaleCommand.class,
            RefreshCommand.class,
            TerminateCommand.class,
            ProtectCommand.class,
            StandbyCommand.class,
            LifecycleCommand.class,
            LogsCommand.class,
            ExecCommand.class,
            PsCommand.class,
            TopCommand.class,
            ExplainCommand.class,
            AuditCommand.class,
            MonitorCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            ImagesCommand.class,
            CompletionCommand.class,
            TestSetupCommand.class,
            TestReportCommand.class
        },
        footer = {
            "",
            "First:   lab run kill-one-web      kills a web server under load and judges what it cost",
            "         lab up                    brings a stack up to look at and to break by hand",
            "Tests:   lab test [-- MAVEN ARGUMENTS]",
            "",
            "Each command:  lab COMMAND --help",
            "Exit codes: 0 pass, 1 fail, 2 usage, 3 unknown, 4 environment not available, 130 interrupted"
        })
final class Lab implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine lab = new CommandLine(new Lab());
        FaultKindCommand.addAllTo(lab.getSubcommands().get("fault"));
        answerHelp(lab);
        return lab.registerConverter(Duration.class, new TimeConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    Terminal terminal = Terminal.ofProcess();
                    explain(terminal, failure);
                    return exitCode(failure);
                });
    }

    /** Every command has --help, but for one that hands its options to another program, which has its own. */
    private static void answerHelp(CommandLine command) {
        for (CommandLine each : command.getSubcommands().values()) {
            if (each.getCommandSpec().unmatchedArgsBindings().isEmpty()) {
                each.getCommandSpec().mixinStandardHelpOptions(true);
            }
            answerHelp(each);
        }
    }

    /** A user's mistake and a missing environment are sentences; only a fault of ours has a stack trace. */
    private static void explain(Terminal terminal, Exception failure) {
        switch (failure) {
            case EnvironmentFailed failed -> {
                terminal.say(terminal.red("lab: ") + failed.getMessage());
                failed.log().forEach(line -> terminal.say("  | " + line));
                terminal.say("Next: " + failed.next() + "; nothing of the stack was left.");
            }
            case UserError error -> terminal.say(terminal.red("lab: ") + error.getMessage());
            case InvalidInput invalid -> terminal.say(invalid.getMessage());
            case CannotTakeOver cannot -> terminal.say(terminal.red("lab: ") + cannot.getMessage());
            case LabIsUp up -> terminal.say(terminal.red("lab: ") + up.getMessage());
            case EngineException engine -> terminal.say(terminal.red("lab: ") + engine.getMessage());
            case MonitorFailed monitor -> terminal.say(terminal.red("lab: ") + monitor.getMessage());
            case BenchFailed bench -> terminal.say(terminal.red("lab: ") + bench.getMessage());
            case LoadGeneratorFailed load -> terminal.say(terminal.red("lab: ") + load.getMessage());
            case UnreadableHistoryException history -> terminal.say(terminal.red("lab: ") + history.getMessage());
            case IllegalArgumentException wrong -> terminal.say(terminal.red("lab: ") + wrong.getMessage());
            case InterruptedException stopped -> terminal.say("interrupted; everything was taken down");
            default -> {
                terminal.say(terminal.red("lab: ") + "this is a fault of the lab: " + failure);
                for (StackTraceElement element : failure.getStackTrace()) {
                    terminal.say("    at " + element);
                }
            }
        }
    }

    private static int exitCode(Exception failure) {
        return switch (failure) {
            case UserError error -> error.exitCode();
            case InvalidInput invalid -> ExitCode.USAGE;
            case IllegalArgumentException wrong -> ExitCode.USAGE;
            case UnreadableHistoryException history -> ExitCode.USAGE;
            case EnvironmentFailed failed -> ExitCode.ENVIRONMENT;
            case CannotTakeOver cannot -> ExitCode.ENVIRONMENT;
            case LabIsUp up -> ExitCode.ENVIRONMENT;
            case EngineException engine -> ExitCode.ENVIRONMENT;
            case MonitorFailed monitor -> ExitCode.ENVIRONMENT;
            case BenchFailed bench -> ExitCode.ENVIRONMENT;
            case LoadGeneratorFailed load -> ExitCode.ENVIRONMENT;
            case InterruptedException stopped -> ExitCode.INTERRUPTED;
            default -> CommandLine.ExitCode.SOFTWARE;
        };
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "expected a command, found none");
    }

    /** Times are written as everywhere else: 500ms, 30s, 2m. */
    private static final class TimeConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return DurationText.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
