package io.failoverlab.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Asks a lab that is up. */
public final class ControlClient {
    private final Session session;
    private final ObjectMapper json = new ObjectMapper();

    public ControlClient(Session session) {
        this.session = session;
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @throws IOException if the lab does not take it or ends before it answers
     */
    public ControlReply ask(ControlRequest request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(session.socket()));
                BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            channel.write(ByteBuffer.wrap((json.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8)));
            String line = reader.readLine();
            if (line == null) {
                throw new IOException("the lab (process " + session.pid() + ") ended before it answered");
            }
            return json.readValue(line, ControlReply.class);
        }
    }
}
