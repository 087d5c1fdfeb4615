package io.failoverlab.verdict;

import io.failoverlab.history.Event.FaultInjected;
import io.failoverlab.history.Event.LossForecast;
import io.failoverlab.history.History;
import io.failoverlab.history.RequestSample;
import java.util.List;

/** By how much of the forecast the requests really lost differ from it, in percent, rounded up. */
final class ForecastError implements Check {

    @Override
    public Finding find(History history) {
        List<LossForecast> forecasts = history.events(LossForecast.class).toList();
        long faults = history.events(FaultInjected.class).count();
        if (forecasts.isEmpty()) {
            return Finding.missing(
                    "no loss was forecast; it is with --timing aws --retry alb, where no Auto Scaling group replaces what dies");
        }
        if (forecasts.size() < faults) {
            return Finding.missing("only " + forecasts.size() + " of " + faults + " faults had a forecast");
        }
        return Windows.of(history)
                .map(windows -> find(forecasts, windows.judged(history)))
                .orElseGet(() -> Finding.missing("judging never started"));
    }

    private static Finding find(List<LossForecast> forecasts, List<RequestSample> judged) {
        long forecast = forecasts.stream().mapToLong(LossForecast::requests).sum();
        if (forecast == 0) {
            return Finding.missing("no lost request was forecast, and nothing is a part of none");
        }
        long lost = judged.stream().filter(request -> !request.ok()).count();
        long percent = (Math.abs(lost - forecast) * 100 + forecast - 1) / forecast;
        return new Finding(
                new Measurement.Count(percent),
                Wording.count(forecast) + " were forecast, " + Wording.count(lost) + " were lost",
                forecasts.stream().map(LossForecast::reckoning).toList());
    }
}
