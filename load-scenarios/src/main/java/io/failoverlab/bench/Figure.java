package io.failoverlab.bench;

/** What is measured, with its unit and its aim for the monitor. */
public enum Figure {
    ALARM("Instance killed to webhook received", "ms", new Aim.MedianAtMost(250)),
    CPU("CPU while scraping", "% of a core", new Aim.RatioAtMost(1)),
    RSS("Memory while scraping, resident (RSS)", "MB", new Aim.RatioAtMost(2)),
    PSS("Memory while scraping, its share (PSS)", "MB", new Aim.RatioAtMost(2)),
    PUT("PutMetricData, one value a datapoint", "datapoints/s", new Aim.MedianAtLeast(100_000)),
    PUT_VALUES("PutMetricData, Values arrays", "values/s", new Aim.None()),
    PUT_CPU("CPU while putting", "% of a core", new Aim.None()),
    GET("GetMetricData", "ms", new Aim.P99AtMost(50)),
    EVALUATION("Evaluation of all alarms", "ms", new Aim.MedianAtMost(100));

    private final String title;
    private final String unit;
    private final Aim aim;

    Figure(String title, String unit, Aim aim) {
        this.title = title;
        this.unit = unit;
        this.aim = aim;
    }

    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    Aim aim() {
        return aim;
    }
}
