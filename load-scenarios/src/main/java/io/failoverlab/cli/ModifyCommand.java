package io.failoverlab.cli;

import io.failoverlab.session.ControlRequest;
import io.failoverlab.topology.SemiSync;
import io.failoverlab.topology.StorageSize;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "modify",
        description = "Modify a database: parameters of its group, its automated backups, its storage, a standby.",
        footer = {
            "",
            "Dynamic parameters are in force at once; static ones are pending-reboot until `lab reboot db-1`.",
            "",
            "Example:  lab modify db --parameter max_connections=200 --backup-retention-period 7",
            "          lab modify db --multi-az --semi-sync block"
        })
final class ModifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATABASE", description = "db, or a DB instance such as db-1.")
    private String database;

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "A parameter of MySQL; may be given again. {DBInstanceClassMemory*1/2} is a formula.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--backup-retention-period",
            paramLabel = "DAYS",
            description = "How long automated backups are kept, 0 to 35; 0: none are made.")
    private Integer retention;

    @Option(
            names = "--allocated-storage",
            paramLabel = "SIZE",
            description = "More room for a database with allocated storage, such as 1GiB.")
    private String storage;

    @Option(
            names = "--multi-az",
            description = "Give it a standby in another zone while it serves; writes wait for both once that has all.")
    private boolean multiAz;

    @Option(
            names = "--semi-sync",
            paramLabel = "block|fallback",
            description =
                    "With --multi-az: what writes do while that standby is gone, wait or go on (default: fallback).")
    private SemiSync semiSync;

    @Override
    public Integer call() {
        if (semiSync != null && !multiAz) {
            throw UserError.usage("--semi-sync: expected it with --multi-az, which makes a standby, found it alone");
        }
        if (parameters.isEmpty() && retention == null && storage == null && !multiAz) {
            throw UserError.usage("expected what to modify, such as --parameter NAME=VALUE, found nothing");
        }
        if (retention != null && (retention < 0 || retention > 35)) {
            throw UserError.usage("--backup-retention-period: expected 0 to 35 days, found " + retention);
        }
        return FaultRequests.ask(new ControlRequest.Modify(
                database,
                parameters,
                retention == null ? -1 : retention,
                bytes(),
                multiAz,
                semiSync == null ? SemiSync.FALLBACK : semiSync));
    }

    private long bytes() {
        try {
            return storage == null ? 0 : StorageSize.parse(storage);
        } catch (IllegalArgumentException wrong) {
            throw UserError.usage("--allocated-storage: " + wrong.getMessage());
        }
    }
}
