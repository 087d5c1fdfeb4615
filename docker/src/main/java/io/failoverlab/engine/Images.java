package io.failoverlab.engine;

import java.util.List;

/** One image per role. */
public record Images(Image web, Image nginx, Image mysql) {
    public List<Image> all() {
        return List.of(web, nginx, mysql);
    }
}
