package io.failoverlab.notify;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** A URL to which messages are posted; it has taken one when it answers 2xx. */
public final class Webhook implements Receiver {
    private final URI url;
    private final CloseableHttpClient client;

    /** @param client gives up on an unresponsive receiver by itself */
    public Webhook(URI url, CloseableHttpClient client) {
        this.url = url;
        this.client = client;
    }

    @Override
    public String name() {
        return url.toString();
    }

    @Override
    public void deliver(String message) throws IOException {
        HttpPost request = new HttpPost(url);
        request.setEntity(new StringEntity(message, ContentType.APPLICATION_JSON));
        int status = client.execute(request, response -> response.getCode());
        if (status < 200 || status > 299) {
            throw new IOException("expected an answer 2xx, found " + status);
        }
    }
}
