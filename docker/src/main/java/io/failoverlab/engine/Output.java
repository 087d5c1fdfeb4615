package io.failoverlab.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.nio.charset.StandardCharsets;

/** What a command or a container prints, each stream and both in their order. */
final class Output extends ResultCallback.Adapter<Frame> {
    private final StringBuffer stdout = new StringBuffer();
    private final StringBuffer stderr = new StringBuffer();
    private final StringBuffer all = new StringBuffer();

    @Override
    public void onNext(Frame frame) {
        String text = new String(frame.getPayload(), StandardCharsets.UTF_8);
        (frame.getStreamType() == StreamType.STDERR ? stderr : stdout).append(text);
        all.append(text);
    }

    String stdout() {
        return stdout.toString();
    }

    String stderr() {
        return stderr.toString();
    }

    String all() {
        return all.toString();
    }
}
