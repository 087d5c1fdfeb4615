package io.failoverlab.top;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failoverlab.top.StackView.EventRow;
import io.failoverlab.top.StackView.Rates;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A view as lines that follow each other: where there is no screen, and for programs. Each second has its line, and each event one
 * when it comes.
 */
final class TopLines {
    /** How the lines are written. */
    enum Form {
        TEXT,
        JSON
    }

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new OptionalNumbers()).build();

    private final Form form;
    private final Ink ink;
    private List<EventRow> told = List.of();
    private String lastWord = "";
    private OptionalLong lastSecond = OptionalLong.empty();

    TopLines(Form form, Ink ink) {
        this.form = form;
        this.ink = ink;
    }

    /**
     * The lines that are new with this view.
     *
     * @param second the newest that there is data of
     */
    List<String> next(StackView view, OptionalLong second) {
        List<EventRow> news = news(view);
        boolean another = !second.equals(lastSecond) || !view.freshness().word().equals(lastWord);
        if (!another && (news.isEmpty() || form == Form.JSON)) {
            return List.of();
        }
        told = view.events();
        List<String> lines = new ArrayList<>();
        switch (form) {
            case TEXT -> {
                news.reversed().forEach(event -> lines.add(line(event)));
                if (another) {
                    lines.add(line(view));
                }
            }
            case JSON -> lines.add(json(view, news));
        }
        lastWord = view.freshness().word();
        lastSecond = second;
        return lines;
    }

    private List<EventRow> news(StackView view) {
        return view.events().stream().filter(event -> !told.contains(event)).toList();
    }

    private String line(EventRow event) {
        return event.time() + "  " + ink.shape(event.tone()) + " " + ink.plain(event.type() + "  " + event.text());
    }

    private String line(StackView view) {
        Rates rates = view.rates();
        String time = view.freshness().live()
                ? view.freshness().time()
                : view.freshness().word() + ", " + view.freshness().text();
        return ink.plain(time) + "  " + ink.shape(view.tone()) + " "
                + ink.plain(view.summary()
                        + "  requests/s " + Screenful.number(rates.requests())
                        + "  5XX/s " + Screenful.number(sum(rates.elb5xx(), rates.target5xx()))
                        + "  p50 " + Screenful.number(rates.p50()) + " ms  p99 " + Screenful.number(rates.p99())
                        + " ms");
    }

    private static OptionalDouble sum(OptionalDouble a, OptionalDouble b) {
        return a.isPresent() && b.isPresent()
                ? OptionalDouble.of(a.getAsDouble() + b.getAsDouble())
                : a.isPresent() ? a : b;
    }

    /** The whole view, but of the events only those that no line had before. */
    private static String json(StackView view, List<EventRow> news) {
        try {
            ObjectNode object = JSON.valueToTree(view);
            object.remove("requestsOfLastMinute");
            object.set("events", JSON.valueToTree(news));
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
