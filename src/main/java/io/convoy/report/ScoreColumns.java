package io.convoy.report;

import io.convoy.evaluate.Rates;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.SavedRow;
import java.util.function.Function;

/**
 * The columns of a split's metrics that tables have behind their older columns. The order of the
 * fields is that of the columns.
 */
final class ScoreColumns {
  private final SavedColumn<Double> brier;
  private final SavedColumn<Double> top5;
  private final RateColumns macro;
  private final RateColumns micro;
  private final SavedColumn<Double> mcc;
  private final SavedColumn<Double> ece;

  /**
   * Adds them to a table.
   *
   * @param prefix of their names
   * @param metrics of the split, from a row
   */
  <R> ScoreColumns(Columns<R> table, String prefix, Function<R, SplitMetrics> metrics) {
    brier = table.number(prefix + "brier", metrics.andThen(SplitMetrics::brier));
    top5 = table.number(prefix + "top5", metrics.andThen(SplitMetrics::top5));
    macro = new RateColumns(table, prefix + "macro_", metrics.andThen(SplitMetrics::macro));
    micro = new RateColumns(table, prefix + "micro_", metrics.andThen(SplitMetrics::micro));
    mcc = table.number(prefix + "mcc", metrics.andThen(SplitMetrics::mcc));
    ece = table.number(prefix + "ece", metrics.andThen(SplitMetrics::ece));
  }

  Double brier(SavedRow row) {
    return row.valueOrNull(brier);
  }

  Double top5(SavedRow row) {
    return row.valueOrNull(top5);
  }

  Rates macro(SavedRow row) {
    return macro.read(row);
  }

  Rates micro(SavedRow row) {
    return micro.read(row);
  }

  Double mcc(SavedRow row) {
    return row.valueOrNull(mcc);
  }

  Double ece(SavedRow row) {
    return row.valueOrNull(ece);
  }
}
