package io.failoverlab.cli;

import io.failoverlab.session.Session;
import io.failoverlab.watch.MonitorAccess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "login",
        description = "Print an address that lets one browser into the page of the lab that is up, once.",
        footer = {
            "",
            "view     looks at everything",
            "operate  also starts, scales, loads and undoes faults",
            "break    does all there is",
            "",
            "AWS clients take the token as their access key id:  eval \"$(lab login --env)\""
        })
final class LoginCommand implements Callable<Integer> {
    @Option(names = "--role", paramLabel = "ROLE", description = "view, operate or break (default: ${DEFAULT-VALUE}).")
    private String role = "break";

    @Option(
            names = "--env",
            description = "Print the environment for AWS clients instead; the token is read, not printed.")
    private boolean env;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.ofProcess();
        if (!MonitorAccess.ROLES.contains(role)) {
            throw UserError.usage("--role: expected " + String.join(", ", MonitorAccess.ROLES) + ", found " + role);
        }
        Session session = RunningLab.find().session();
        if (env) {
            terminal.data("export AWS_ENDPOINT_URL_CLOUDWATCH=" + session.monitor());
            terminal.data(
                    "export AWS_ACCESS_KEY_ID=\"$(cat '" + session.access().tokenFile() + "')\"");
            terminal.data("export AWS_SECRET_ACCESS_KEY=lab");
        } else {
            terminal.data(session.access().loginLink(role).toString());
        }
        return ExitCode.PASS;
    }
}
