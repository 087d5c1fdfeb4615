package io.failoverlab.elb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the clients of a network balancer whose connections go to a target, in what {@code ss -Htnpe state established} says. nginx
 * does not tell which of its connections belong together, but a worker opens the one to the target right after it took the client's,
 * so that the kernel's numbers of the two follow each other. Where they do not (the kernel hands numbers to each processor in
 * blocks of 1024, and another process may take one in between), the client is not found: its connection ends with the target's,
 * in order. Pure.
 */
final class Flows {
    private static final Pattern SOCKET =
            Pattern.compile("\\d+ +\\d+ +(\\S+):(\\d+) +(\\S+):(\\d+) +users:.*?pid=(\\d+),.* ino:(\\d+) .*");

    /** What other processes may take in between. */
    private static final long WIDEST_GAP = 16;

    private record Socket(String address, int port, String peerAddress, int peerPort, long process, long number) {
        private static Optional<Socket> parse(String line) {
            Matcher read = SOCKET.matcher(line.strip() + " ");
            return read.matches()
                    ? Optional.of(new Socket(
                            read.group(1),
                            Integer.parseInt(read.group(2)),
                            read.group(3),
                            Integer.parseInt(read.group(4)),
                            Long.parseLong(read.group(5)),
                            Long.parseLong(read.group(6))))
                    : Optional.empty();
        }

        private boolean goesTo(Target target) {
            return peerAddress.equals(target.address()) && peerPort == target.port();
        }

        private boolean follows(Socket client) {
            return client.port == NginxConfiguration.LISTEN_PORT
                    && client.process == process
                    && number - client.number <= WIDEST_GAP;
        }
    }

    private Flows() {}

    /** Filters of {@code ss} that select the clients' connections, each a hundred at the most. */
    static List<String> ofClients(Target target, List<String> sockets) {
        List<Socket> inOrder = sockets.stream()
                .flatMap(line -> Socket.parse(line).stream())
                .sorted(Comparator.comparing(Socket::process).thenComparing(Socket::number))
                .toList();
        List<Socket> clients = new ArrayList<>();
        for (int i = 1; i < inOrder.size(); i++) {
            if (inOrder.get(i).goesTo(target) && inOrder.get(i).follows(inOrder.get(i - 1))) {
                clients.add(inOrder.get(i - 1));
            }
        }
        List<String> filters = new ArrayList<>();
        for (int from = 0; from < clients.size(); from += 100) {
            filters.add(clients.subList(from, Math.min(from + 100, clients.size())).stream()
                    .map(it -> "( sport = :" + it.port() + " and dst " + it.peerAddress() + " and dport = :"
                            + it.peerPort() + " )")
                    .collect(Collectors.joining(" or ")));
        }
        return filters;
    }
}
