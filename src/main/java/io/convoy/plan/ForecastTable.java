package io.convoy.plan;

import io.convoy.failure.Amount;
import io.convoy.report.TextTable;
import io.convoy.report.TextTable.Column;
import java.util.List;
import java.util.Locale;

/** Forecasts as a table, a row an architecture. */
public final class ForecastTable {
  private static final double PERCENT = 100;

  private ForecastTable() {}

  /**
   * Renders.
   *
   * @param forecasts one or more
   * @param frequency averaging frequency of the settings, which all columns but the last are for
   */
  public static String render(List<Forecast> forecasts, PlannedCluster cluster, int frequency) {
    TextTable table =
        new TextTable(
            Column.text("architecture"),
            Column.number("epoch_seconds", "%.1f"),
            Column.number("speed_up", "%.2f"),
            Column.number("rounds", "%,d"),
            Column.number("to_executor", "%s"),
            Column.number("back", "%s"),
            Column.number("lost", "%.0f %%"),
            Column.text("advice"));
    for (Forecast forecast : forecasts) {
      EpochForecast epoch = forecast.epoch(cluster, frequency);
      table.row(
          forecast.architecture(),
          epoch.seconds(),
          forecast.speedUp(cluster, frequency),
          epoch.rounds(),
          Amount.ofBytes(forecast.round().bytesToExecutor(cluster, frequency)),
          Amount.ofBytes(
              cluster.executors() * forecast.round().bytesFromExecutor(cluster, frequency)),
          PERCENT * epoch.lost(),
          advice(forecast, cluster, frequency));
    }
    return table.render();
  }

  static String advice(Forecast forecast, PlannedCluster cluster, int frequency) {
    if (cluster.executors() == 1) {
      return "one executor has nothing to average with";
    }
    EpochForecast advised = forecast.advised(cluster);
    double best = forecast.speedUp(cluster, advised.frequency());
    if (!forecast.pays(cluster, advised.frequency())) {
      return String.format(
          Locale.ROOT,
          "does not pay: %s (%.2f times as fast at %d)",
          best < 1 ? "slower than one executor" : "hardly faster than one executor",
          best,
          advised.frequency());
    }
    String why =
        String.format(
            Locale.ROOT,
            "averaging-frequency %d: %.0f %% lost, %.2f times as fast",
            advised.frequency(),
            PERCENT * advised.lost(),
            best);
    return forecast.pays(cluster, frequency)
        ? why
        : String.format(Locale.ROOT, "does not pay at %d; %s", frequency, why);
  }
}
