package io.failoverlab.elb;

import java.util.HexFormat;
import java.util.List;

/** Reads the kernel's table of TCP connections, {@code /proc/net/tcp}. Pure. */
final class Connections {
    private static final String ESTABLISHED = "01";
    private static final String SYN_SENT = "02";

    private Connections() {}

    /** How many connections to that address and port are established or being so. */
    static long countTo(String address, int port, List<String> table) {
        String remote = hex(address) + ":%04X".formatted(port);
        return table.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[2].equals(remote))
                .filter(columns -> columns[3].equals(ESTABLISHED) || columns[3].equals(SYN_SENT))
                .count();
    }

    /** The kernel prints an address as one number in the machine's order, the last part first. */
    private static String hex(String address) {
        String[] parts = address.split("\\.");
        byte[] reversed = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            reversed[parts.length - 1 - i] = (byte) Integer.parseInt(parts[i]);
        }
        return HexFormat.of().withUpperCase().formatHex(reversed);
    }
}
