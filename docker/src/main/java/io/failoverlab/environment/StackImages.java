package io.failoverlab.environment;

import io.failoverlab.topology.Application;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The images that a stack is made of.
 *
 * @param web of the sample shop, whose Java runtime an application's jar is run by as well
 * @param own what is tested in the place of the shop
 */
public record StackImages(String web, String loadBalancer, String database, Optional<Own> own) {

    /** An application that is not the lab's, and the folder of the scripts that make an instance of it. */
    public record Own(Application application, Path scripts) {}

    /** With the sample shop. */
    public StackImages(String web, String loadBalancer, String database) {
        this(web, loadBalancer, database, Optional.empty());
    }

    /** The image that a web server's container is made of. */
    public String ofWebServers() {
        return own.flatMap(it -> it.application().image()).orElse(web);
    }

    public StackImages with(Application application, Path scripts) {
        return new StackImages(web, loadBalancer, database, Optional.of(new Own(application, scripts)));
    }
}
