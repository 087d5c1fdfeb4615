package io.failoverlab.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A DNS server with one record for whatever name it is asked (RFC 1035), the address that a file has at that moment. */
final class NameServer {
    private static final int HEADER = 12;
    private static final int LONGEST = 512;
    private static final short IPV4 = 1;
    private static final short INTERNET = 1;
    /** An authoritative answer without an error. */
    private static final short ANSWER = (short) 0x8580;
    /** Where the name of the question is, in the form of a reference. */
    private static final short NAME_OF_QUESTION = (short) 0xC000 | HEADER;

    private NameServer() {}

    /** Answers until the socket is closed, which it throws then. */
    static void serve(DatagramSocket socket, Path address, int ttlSeconds) throws IOException {
        while (true) {
            DatagramPacket question = new DatagramPacket(new byte[LONGEST], LONGEST);
            socket.receive(question);
            InetAddress now = InetAddress.getByName(Files.readString(address).strip());
            byte[] answer =
                    answer(Arrays.copyOf(question.getData(), question.getLength()), now.getAddress(), ttlSeconds);
            socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        }
    }

    /** To one question; one for anything but an IPv4 address gets no record. */
    static byte[] answer(byte[] question, byte[] address, int ttlSeconds) {
        int end = HEADER;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 1;
        boolean asked = ByteBuffer.wrap(question).getShort(end) == IPV4;
        ByteBuffer answer = ByteBuffer.allocate(LONGEST);
        answer.put(question, 0, 2).putShort(ANSWER);
        answer.putShort((short) 1).putShort((short) (asked ? 1 : 0)).putInt(0);
        answer.put(question, HEADER, end + 4 - HEADER);
        if (asked) {
            answer.putShort(NAME_OF_QUESTION).putShort(IPV4).putShort(INTERNET).putInt(ttlSeconds);
            answer.putShort((short) address.length).put(address);
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }
}
