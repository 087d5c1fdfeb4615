package io.failoverlab.ec2;

import io.failoverlab.engine.ContainerState;

/**
 * EC2's two status checks of an instance (EC2 User Guide, "Status checks for your instances"), as they come out here:
 *
 * <table>
 *   <caption>What fails</caption>
 *   <tr><th>found</th><th>system</th><th>instance</th><th>on AWS</th></tr>
 *   <tr><td>the container ended unasked</td><td>fails</td><td>fails</td><td>the host lost its power</td></tr>
 *   <tr><td>the container is on no network</td><td>fails</td><td>fails</td><td>the host lost its network</td></tr>
 *   <tr><td>its processes are frozen</td><td>passes</td><td>fails</td><td>the operating system hangs</td></tr>
 *   <tr><td>its server process is gone</td><td>passes</td><td>passes</td><td>httpd crashed</td></tr>
 * </table>
 *
 * <p>The host is the container, since that is what the lab takes away when a host dies; the instance is what should run in it
 * and answer. A missing server process fails neither, which is the point of having a load balancer's checks besides: EC2 asks
 * the network interface (by ARP), never the application. An instance that was stopped in order has no checks, and one whose
 * engine does not answer has an unknown outcome: both have no datapoint.
 *
 * @param systemFailed whether it has lost what is below it
 * @param instanceFailed whether it does not answer
 */
record StatusChecks(boolean systemFailed, boolean instanceFailed) {
    static final StatusChecks HOST_LOST = new StatusChecks(true, true);
    static final StatusChecks FROZEN = new StatusChecks(false, true);
    static final StatusChecks PASSED = new StatusChecks(false, false);

    static StatusChecks of(ContainerState state) {
        if (!state.running() || !state.connected()) {
            return HOST_LOST;
        }
        return state.paused() ? FROZEN : PASSED;
    }

    boolean anyFailed() {
        return systemFailed || instanceFailed;
    }
}
