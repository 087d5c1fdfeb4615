package io.failoverlab.console;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of the page, read once from the class path: our own, and uPlot's from its WebJar. Only the files listed here are served,
 * so no path can lead elsewhere. A browser keeps them but asks each time whether they changed (ETag), so that a new build is never
 * mixed with an old one.
 */
final class PageFiles {
    private static final List<String> OWN = List.of(
            "index.html",
            "console.css",
            "icon.svg",
            "boot.js",
            "main.js",
            "stream.js",
            "model.js",
            "samples.js",
            "view.js",
            "bands.js",
            "words.js",
            "texts.js",
            "texts-en.js",
            "texts-ja.js",
            "dom.js",
            "ink.js",
            "charts.js",
            "marks.js",
            "topology.js",
            "stack.js",
            "states.js",
            "actions.js",
            "runs.js",
            "links.js",
            "lists.js",
            "api.js",
            "arrows.js",
            "repeating.js",
            "notes.js",
            "past.js",
            "range.js",
            "widgets.js",
            "variables.js",
            "columns.js",
            "graph.js",
            "figures.js",
            "markdown.js",
            "widget.js",
            "dashboards.js",
            "alarms.js",
            "metrics.js");

    private static final List<String> UPLOT = List.of("uPlot.esm.js", "uPlot.min.css");
    private static final String UPLOT_VERSION = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** Nothing from elsewhere, nothing inline. uPlot sets styles through the object model, which this allows. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record PageFile(byte[] content, String contentType, String etag) {}

    private final Map<String, PageFile> files = new TreeMap<>();

    private PageFiles() {}

    static PageFiles onClassPath() {
        PageFiles page = new PageFiles();
        for (String name : OWN) {
            page.add(name, "/console/" + name);
        }
        String version = uplotVersion();
        for (String name : UPLOT) {
            page.add("vendor/" + name, "/META-INF/resources/webjars/uplot/" + version + "/dist/" + name);
        }
        return page;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(files.keySet());
    }

    void serve(String name, Context context) {
        PageFile file = files.get(name);
        if (file == null) {
            context.status(HttpStatus.NOT_FOUND).result("No file " + name + " belongs to the console page.");
            return;
        }
        context.header("Cache-Control", "no-cache");
        context.header("ETag", file.etag());
        context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        if (file.etag().equals(context.header("If-None-Match"))) {
            context.status(HttpStatus.NOT_MODIFIED);
            return;
        }
        context.contentType(file.contentType());
        context.result(file.content());
    }

    private void add(String name, String resource) {
        byte[] content = read(resource);
        String extension = name.substring(name.lastIndexOf('.') + 1);
        files.put(name, new PageFile(content, CONTENT_TYPES.get(extension), etag(content)));
    }

    private static String uplotVersion() {
        try (InputStream in = PageFiles.class.getResourceAsStream(UPLOT_VERSION)) {
            if (in == null) {
                throw missing(UPLOT_VERSION);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + UPLOT_VERSION + " from the class path", e);
        }
    }

    private static byte[] read(String resource) {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw missing(resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + resource + " from the class path", e);
        }
    }

    private static IllegalStateException missing(String resource) {
        return new IllegalStateException("The console page needs " + resource
                + " on the class path and it is not there; build the module monitor again");
    }

    private static String etag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
