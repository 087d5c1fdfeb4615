package io.failoverlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PagesTest {
    private final Pages pages = new Pages("i-0123456789abcdef0", "ap-northeast-1a");

    @Test
    void theHomePageTellsWhoAnswered() {
        assertThat(pages.home())
                .contains("<strong id=\"instance\">i-0123456789abcdef0</strong>")
                .contains("<strong id=\"zone\">ap-northeast-1a</strong>")
                .contains("<a href=\"/items\">");
    }

    @Test
    void whatASearchSaysIsTextAndNeverMarkup() {
        String page = pages.items("\"><script>alert('x')&</script>", new ItemPage(List.of(), 1, 20, 0));

        assertThat(page)
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&amp;&lt;/script&gt;\"")
                .doesNotContain("<script");
    }

    @Test
    void anItemsNameIsTextAndNeverMarkup() {
        Item item = new Item(7, "FL-00007", "<i>Oak</i> & \"Brass\"", 4505, 3);

        assertThat(pages.items("", new ItemPage(List.of(item), 1, 20, 1)))
                .contains("<a href=\"/items/7\">&lt;i&gt;Oak&lt;/i&gt; &amp; &quot;Brass&quot;</a>")
                .contains("<td class=\"price\">$45.05</td>");
        assertThat(pages.item(item))
                .contains("<h1>&lt;i&gt;Oak&lt;/i&gt; &amp; &quot;Brass&quot;</h1>")
                .contains("version <span id=\"version\">3</span>")
                .doesNotContain("<i>");
    }

    @Test
    void aPageInTheMiddleLinksToBothSidesAndKeepsTheSearch() {
        assertThat(pages.items("oak & ash", new ItemPage(List.of(), 2, 5, 11)))
                .contains("<p>11 items, page 2 of 3</p>")
                .contains("<a href=\"/items?q=oak+%26+ash&amp;page=1&amp;size=5\">Previous</a>")
                .contains("<a href=\"/items?q=oak+%26+ash&amp;page=3&amp;size=5\">Next</a>");
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        assertThat(pages.home())
                .doesNotContain("src=")
                .doesNotContain("href=\"http")
                .doesNotContain("url(");
    }
}
