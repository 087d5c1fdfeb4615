package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressWatchTest {
    private static final String NOWHERE = "";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    jdbc:mysql://db-1.lab:3306/shop       | db-1.lab
                    jdbc:mysql://db-1/shop?sslMode=X      | db-1
                    jdbc:mysql://10.0.20.10:3306/shop     | 10.0.20.10
                    """)
    void theNameIsThatOfTheUrl(String url, String name) {
        AddressWatch watch = new AddressWatch(url, host -> {
            assertThat(host).isEqualTo(name);
            return Set.of("10.0.20.10");
        });

        assertThat(watch.moved()).isFalse();
    }

    @Test
    void aMoveIsToldOnceAndAGapIsNone() {
        assertThat(moves("10.0.20.10", "10.0.20.10", NOWHERE, "10.0.20.10", "10.0.21.10", "10.0.21.10"))
                .containsExactly(false, false, false, false, true, false);
    }

    private static List<Boolean> moves(String... answers) {
        Deque<String> inTurn = new ArrayDeque<>(List.of(answers));
        AddressWatch watch = new AddressWatch("jdbc:mysql://db/shop", host -> {
            String address = inTurn.pop();
            if (address.equals(NOWHERE)) {
                throw new UnknownHostException(host);
            }
            return Set.of(address);
        });
        return List.of(answers).stream().map(answer -> watch.moved()).toList();
    }
}
