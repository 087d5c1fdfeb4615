package io.failoverlab.watch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * A monitor that serves only who has its token.
 *
 * @param url of its page and API
 * @param tokenFile which only its owner can read
 */
public record MonitorAccess(URI url, Path tokenFile) {
    /** What a login may be good for, from looking to breaking. */
    public static final List<String> ROLES = List.of("view", "operate", "break");

    /** Where a monitor keeps its token: beside its store. */
    public static Path tokenFile(Path folder) {
        return folder.resolve(MonitorProcess.STORE + ".token");
    }

    /** What an AWS client carries as its access key id, and others as {@code Authorization: Bearer}: never to be printed. */
    public String token() {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException unreadable) {
            throw new MonitorFailed("the monitor's token cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * An address that lets one browser in, once, within ten minutes.
     *
     * @param role one of {@link #ROLES}
     * @throws MonitorFailed if the monitor refuses or does not answer
     */
    public URI loginLink(String role) {
        HttpPost post = new HttpPost(url.resolve("/login?role=" + role));
        post.setHeader("Authorization", "Bearer " + token());
        try (CloseableHttpClient http =
                HttpClients.custom().disableCookieManagement().build()) {
            return http.execute(post, response -> {
                String answer = EntityUtils.toString(response.getEntity()).strip();
                if (response.getCode() != 201) {
                    throw new MonitorFailed("the monitor gave no login link: " + answer, null);
                }
                return URI.create(answer);
            });
        } catch (IOException failure) {
            throw new MonitorFailed("the monitor does not answer: " + failure.getMessage(), failure);
        }
    }
}
