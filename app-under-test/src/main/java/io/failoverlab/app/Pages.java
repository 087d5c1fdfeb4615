package io.failoverlab.app;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The shop's HTML: whole pages, made here, with nothing fetched from elsewhere and no script. */
final class Pages {
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#222}
            table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}
            td.price,th.price{text-align:right}nav a{margin-right:1rem}footer{margin-top:2rem;color:#666;font-size:.85rem}
            code,pre{background:#f4f4f4;padding:.1rem .3rem}pre{overflow-x:auto;padding:.6rem}""";

    private final String instanceId;
    private final String availabilityZone;

    Pages(String instanceId, String availabilityZone) {
        this.instanceId = instanceId;
        this.availabilityZone = availabilityZone;
    }

    /** Needs no database, so that somebody sees which instance answers even while there is none. */
    String home() {
        return page("Failover Shop", """
                <p>This page was served by <strong id="instance">%s</strong> in <strong id="zone">%s</strong>.</p>
                <p>Reload it to see the load balancer at work.</p>
                %s<ul>
                <li><a href="/items">The whole catalogue</a></li>
                <li><a href="/items?q=Lamp">Lamps</a></li>
                <li><a href="/items?q=Walnut">Things of walnut</a></li>
                <li><a href="/api/items">The catalogue as JSON</a></li>
                </ul>
                """.formatted(escape(instanceId), escape(availabilityZone), search("")));
    }

    String items(String text, ItemPage page) {
        StringBuilder rows = new StringBuilder();
        for (Item item : page.items()) {
            rows.append("<tr><td><a href=\"/items/%d\">%s</a></td><td>%s</td><td class=\"price\">%s</td></tr>\n"
                    .formatted(item.id(), escape(item.name()), escape(item.sku()), price(item.priceCents())));
        }
        return page("Catalogue", """
                %s<p>%d items, page %d of %d</p>
                <table><thead><tr><th>Item</th><th>SKU</th><th class="price">Price</th></tr></thead><tbody>
                %s</tbody></table>
                %s""".formatted(
                        search(text), page.total(), page.page(), page.lastPage(), rows, turnPage(text, page)));
    }

    String item(Item item) {
        return page(
                item.name(), """
                <p>%s, SKU %s, version <span id="version">%d</span></p>
                <p>Order it:</p>
                <pre>curl -H 'Idempotency-Key: any-new-key' -d '{"customer":"c-17","itemId":%d,"quantity":1}' \
                http://THIS-SHOP/api/orders</pre>
                """.formatted(price(item.priceCents()), escape(item.sku()), item.version(), item.id()));
    }

    private static String search(String text) {
        return """
                <form action="/items"><input type="search" name="q" value="%s" placeholder="Search" maxlength="100">
                <button>Search</button></form>
                """.formatted(escape(text));
    }

    private static String turnPage(String text, ItemPage page) {
        StringBuilder links = new StringBuilder("<nav>");
        if (page.page() > 1) {
            links.append(link(text, page.page() - 1, page.size(), "Previous"));
        }
        if (page.page() < page.lastPage()) {
            links.append(link(text, page.page() + 1, page.size(), "Next"));
        }
        return links.append("</nav>\n").toString();
    }

    private static String link(String text, int number, int size, String label) {
        String query = "q=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&page=" + number
                + (size == PageRequest.DEFAULT_SIZE ? "" : "&size=" + size);
        return "<a href=\"/items?" + escape(query) + "\">" + label + "</a>";
    }

    private String page(String title, String content) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%s</title><style>%s</style></head><body>
                <nav><a href="/">Home</a><a href="/items">Catalogue</a></nav>
                <h1>%s</h1>
                %s<footer>%s &middot; %s</footer></body></html>
                """.formatted(
                        escape(title), STYLE, escape(title), content, escape(instanceId), escape(availabilityZone));
    }

    private static String price(long cents) {
        return String.format(Locale.ROOT, "$%d.%02d", cents / 100, cents % 100);
    }

    /** For text between tags and for attribute values in quotes of either kind. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
