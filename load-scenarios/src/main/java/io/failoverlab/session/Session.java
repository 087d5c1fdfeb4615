package io.failoverlab.session;

import io.failoverlab.watch.MonitorAccess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What another terminal needs to know of a lab that is up. Kept in a file that only its user can read.
 *
 * @param run id of the run, on every object of it
 * @param pid the process that owns it
 * @param folder for its files; removed with it
 * @param socket where that process takes commands
 * @param service the balancer's address
 * @param monitor the monitor's page and API
 * @param subnets address ranges of the lab's own networks
 */
public record Session(
        String run,
        long pid,
        Path folder,
        Path socket,
        String topology,
        URI service,
        URI monitor,
        List<String> subnets) {
    public Session {
        subnets = List.copyOf(subnets);
    }

    /** The monitor, for those who can read the folder. */
    public MonitorAccess access() {
        return new MonitorAccess(monitor, MonitorAccess.tokenFile(folder));
    }
}
