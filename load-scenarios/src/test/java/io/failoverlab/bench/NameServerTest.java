package io.failoverlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameServerTest {
    @TempDir
    private Path folder;

    @Test
    void aResolverFindsTheAddressThatTheFileHasNow() throws Exception {
        Path address = Files.writeString(folder.resolve("address"), "10.232.0.21    ");
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Thread.ofVirtual().start(() -> {
                try {
                    NameServer.serve(socket, address, 5);
                } catch (SocketException closed) {
                    // the test is over
                } catch (java.io.IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
            assertThat(look(socket, "A")).hasToString("{a=A: 10.232.0.21}");

            Files.writeString(address, "10.232.0.22    ");

            assertThat(look(socket, "A")).hasToString("{a=A: 10.232.0.22}");
            assertThat(look(socket, "AAAA").size()).isZero();
        }
    }

    private static Attributes look(DatagramSocket server, String type) throws Exception {
        Hashtable<String, String> settings = new Hashtable<>();
        settings.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        settings.put(Context.PROVIDER_URL, "dns://127.0.0.1:" + server.getLocalPort());
        InitialDirContext context = new InitialDirContext(settings);
        try {
            return context.getAttributes("db.example", new String[] {type});
        } finally {
            context.close();
        }
    }
}
