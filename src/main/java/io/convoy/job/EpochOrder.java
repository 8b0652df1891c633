package io.convoy.job;

import io.convoy.evaluate.SplitMetrics;
import io.convoy.report.EpochResult;
import io.convoy.settings.Metric;
import java.util.List;
import java.util.Locale;

/**
 * Which of two epochs is the better one by a metric of the validation split.
 *
 * @param metric that decides
 */
record EpochOrder(Metric metric) {

  /** The metric after an epoch; null where it is not defined, as without validation images. */
  Double value(EpochResult epoch) {
    SplitMetrics metrics = epoch.validation();
    return switch (metric) {
      case LOSS -> epoch.validationLoss();
      case MSE -> metrics.mse();
      case ACCURACY -> metrics.accuracy();
      case AUC -> metrics.auc();
      case PEARSON -> metrics.pearsonR();
    };
  }

  /** The first of the best epochs; where none has a value the last. */
  EpochResult best(List<EpochResult> epochs) {
    EpochResult best = epochs.get(0);
    for (EpochResult epoch : epochs) {
      Double value = value(epoch);
      if (value(best) == null || value != null && metric.isBetter(value, value(best))) {
        best = epoch;
      }
    }
    return best;
  }

  /** The metric after an epoch, in words. */
  String words(EpochResult epoch) {
    return String.format(Locale.ROOT, "%s %.4f", metric.words(), value(epoch));
  }
}
