package io.failoverlab.session;

import io.failoverlab.ec2.Ec2Instance;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What of this machine is reached from inside the containers of a lab: every container, every address of the machine, every port. */
final class SealedOff {
    static final String CONTROL = "a server on all addresses";
    static final String MONITOR = "monitor";
    static final String ENGINE = "engine";
    static final String SOCKETS = "sockets";

    /** Docker's, without and with TLS. */
    private static final List<Integer> ENGINE_PORTS = List.of(2375, 2376);

    private SealedOff() {}

    /** @return by what it is, from where and at which address it was reached */
    static Map<String, List<String>> look(List<Ec2Instance> containers, int monitorPort) throws IOException {
        Map<String, List<String>> reached = new HashMap<>();
        try (ServerSocket control = new ServerSocket(0)) {
            Map<Integer, String> ports = new HashMap<>(Map.of(control.getLocalPort(), CONTROL, monitorPort, MONITOR));
            ENGINE_PORTS.forEach(port -> ports.put(port, ENGINE));
            for (String kind : List.of(CONTROL, MONITOR, ENGINE, SOCKETS)) {
                reached.put(kind, new ArrayList<>());
            }
            String tries = tries(ports.keySet().stream().toList());
            for (Ec2Instance container : containers) {
                for (String line :
                        container.run("bash", "-c", tries).stdout().lines().toList()) {
                    String[] found = line.split(" ");
                    String kind = found.length == 1 ? SOCKETS : ports.get(Integer.parseInt(found[1]));
                    reached.get(kind).add(container.name() + " -> " + line);
                }
            }
        }
        return reached;
    }

    /** A line "ADDRESS PORT" for each connection that opens, and one for each socket of an engine or a lab; all at once. */
    private static String tries(List<Integer> ports) throws IOException {
        StringBuilder script = new StringBuilder();
        for (String address : addresses()) {
            for (int port : ports) {
                script.append("(timeout 2 bash -c 'exec 3<>/dev/tcp/%1$s/%2$d' 2>/dev/null && echo %1$s %2$d) & "
                        .formatted(address, port));
            }
        }
        return script + "ls /var/run/docker.sock /run/docker.sock /run/containerd/*.sock 2>/dev/null;"
                + " find / -xdev -name 'actions.sock' -o -xdev -name 'control.sock' 2>/dev/null; wait";
    }

    private static List<String> addresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .distinct()
                .toList();
    }
}
