package io.failoverlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets wrong is a sentence, an exit code, and nothing started. */
class BadInputIT {
    @TempDir
    private Path folder;

    @Test
    void anUnknownExperiment() throws Exception {
        refused(ExitCode.USAGE, "did you mean \"kill-one-web\"?", "run", "kill-one-wbe");
    }

    @Test
    void anFisTemplateThatIsNoneOrHasNoPlaceHere() throws Exception {
        refused(ExitCode.USAGE, "expected the name or the file of an experiment, or --fis", "run");
        refused(
                ExitCode.USAGE,
                "expected the file of an experiment template, found no.json",
                "run",
                "--fis",
                "no.json");
        refused(ExitCode.USAGE, "go with --fis; found none", "run", "kill-one-web", "--orders", "0.5");
        Path file = Files.writeString(folder.resolve("lambda.json"), """
                {"description": "d", "roleArn": "arn:aws:iam::123456789012:role/fis", "stopConditions": [],
                 "targets": {"f": {"resourceType": "aws:lambda:function", "selectionMode": "ALL",
                   "resourceTags": {"env": "prod"}}},
                 "actions": {"err": {"actionId": "aws:lambda:invocation-error", "targets": {"Functions": "f"}},
                             "wait": {"actionId": "aws:fis:wait", "parameters": {"duration": "PT2M"}}}}
                """);
        refused(
                ExitCode.USAGE,
                "found aws:lambda:invocation-error of err; --skip err leaves it out",
                "run",
                "--fis",
                file.toString());

        LabProcess dryRun = LabProcess.run(
                folder, "run", "--fis", file.toString(), "--skip", "err", "--time-scale", "10", "--dry-run");
        assertThat(dryRun.data())
                .contains("lambda on two-web-one-db: 300 requests a second for 47s")
                .contains("seed ")
                .contains("wait (aws:fis:wait): wait 12s [PT2M on AWS]")
                .contains("err (aws:lambda:invocation-error): skipped: left out by --skip");
        assertThat(dryRun.exitCode()).isEqualTo(ExitCode.PASS);
    }

    @Test
    void anUnknownPattern() throws Exception {
        refused(ExitCode.USAGE, "did you mean \"two-web-one-db\"?", "up", "two-web-one-bd");
    }

    @Test
    void anUnknownCommandAndNone() throws Exception {
        refused(ExitCode.USAGE, "Unmatched argument at index 0: 'rnu'", "rnu");
        refused(ExitCode.USAGE, "expected a command, found none");
    }

    @Test
    void aFaultOfNothingKnownOrOfTwoKinds() throws Exception {
        refused(ExitCode.USAGE, "expected a kind of fault, one of az, kill, kill-process, stop", "fault");
        refused(ExitCode.USAGE, "mutually exclusive", "fault", "az", "a", "--power", "--network");
        refused(ExitCode.ENVIRONMENT, "no lab is up", "fault", "az", "a");
        refused(ExitCode.ENVIRONMENT, "no lab is up", "fault", "deaf", "web-1a");
        refused(
                ExitCode.USAGE,
                "percent: expected a whole number from 1 to 100, found 101",
                "fault",
                "memory-stress",
                "web-1a",
                "--percent",
                "101");
        refused(ExitCode.USAGE, "expected no time for reboot", "fault", "reboot", "web-1a", "--for", "5s");
    }

    @Test
    void aBenchmarkOfADatabaseThatHasNoStandby() throws Exception {
        refused(
                ExitCode.USAGE,
                "expected a topology with a Multi-AZ database, found two-web-one-db without a standby",
                "bench",
                "database",
                "two-web-one-db");
        refused(ExitCode.USAGE, "--rate: expected 10 to 500, found 9", "bench", "database", "--rate", "9");
    }

    @Test
    void aDatabaseCommandWithoutItsHalf() throws Exception {
        refused(ExitCode.USAGE, "expected an action, one of create, list, delete", "snapshot");
        refused(ExitCode.USAGE, "Missing required", "restore", "db-1", "--snapshot", "first");
        refused(
                ExitCode.USAGE,
                "mutually exclusive",
                "restore",
                "db-1",
                "--snapshot",
                "first",
                "--latest",
                "--to",
                "db-2");
        refused(ExitCode.USAGE, "expected what to modify", "modify", "db");
        refused(ExitCode.USAGE, "--semi-sync: expected it with --multi-az", "modify", "db", "--semi-sync", "block");
        refused(
                ExitCode.USAGE,
                "--backup-retention-period: expected 0 to 35 days, found 36",
                "modify",
                "db",
                "--backup-retention-period",
                "36");
        refused(ExitCode.ENVIRONMENT, "no lab is up", "snapshot", "list");
        refused(ExitCode.ENVIRONMENT, "no lab is up", "describe");
    }

    @Test
    void aRateOfZero() throws Exception {
        refused(
                ExitCode.USAGE,
                "rate: expected 1 to 10000 requests a second, found 0",
                "load",
                "--target",
                "http://127.0.0.1:9",
                "--rate",
                "0");
        refused(ExitCode.USAGE, "--rate: expected 1 to 10000, found 0", "run", "kill-one-web", "--rate", "0");
    }

    @Test
    void aForeignTarget() throws Exception {
        refused(
                ExitCode.USAGE,
                "192.0.2.7 is neither loopback nor in a network of the lab",
                "load",
                "--target",
                "http://192.0.2.7:80");
    }

    @Test
    void anUnknownSimulation() throws Exception {
        refused(
                ExitCode.USAGE,
                "did you mean \"browse\"?",
                "load",
                "--target",
                "http://127.0.0.1:9",
                "--simulation",
                "brwse");
    }

    @Test
    void aTopologyWithSeveralMistakesTellsThemAll() throws Exception {
        Path file =
                Files.writeString(folder.resolve("mine.yaml"), "name: mine\nvpk: 10.0.0.0/16\nweb:\n  count: many\n");
        LabProcess lab = refused(ExitCode.USAGE, "mine.yaml:2:1", "up", file.toString());
        assertThat(lab.messages()).contains("mine.yaml:4:");
    }

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(
                    ExitCode.ENVIRONMENT,
                    "expected port " + taken.getLocalPort() + " of 127.0.0.1 to be free for the load balancer",
                    "up",
                    "--port",
                    Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void noLabIsUp() throws Exception {
        refused(ExitCode.ENVIRONMENT, "no lab is up; `lab up` starts one", "kill", "web-1a");
        refused(ExitCode.ENVIRONMENT, "no lab is up", "status");
    }

    @Test
    void aFolderThatIsNoRun() throws Exception {
        refused(ExitCode.USAGE, "expected the folder of a run, with history.jsonl in it", "judge", folder.toString());
    }

    private LabProcess refused(int exitCode, String message, String... arguments) throws Exception {
        LabProcess lab = LabProcess.run(folder, arguments);
        assertThat(lab.messages()).contains(message).doesNotContain("\tat ", "Exception");
        assertThat(lab.exitCode()).isEqualTo(exitCode);
        assertThat(lab.data()).isEmpty();
        return lab;
    }
}
