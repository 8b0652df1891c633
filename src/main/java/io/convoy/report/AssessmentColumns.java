package io.convoy.report;

import io.convoy.evaluate.Assessment;
import io.convoy.evaluate.Estimate;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.evaluate.Verdict;
import io.convoy.failure.UserException;
import io.convoy.table.Columns;
import io.convoy.table.SavedColumn;
import io.convoy.table.SavedRow;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns of a split's assessment: how sure its metrics are, and what they are worth. The order
 * of the fields is that of the columns.
 */
final class AssessmentColumns {
  private final SavedColumn<String> verdict;
  private final EndColumns accuracy;
  private final EndColumns auc;
  private final SavedColumn<Double> constantMse;
  private final SavedColumn<Double> mseAgainstConstant;
  private final EndColumns mseAgainstConstantInterval;

  /**
   * Adds them to a table.
   *
   * @param prefix of their names
   * @param assessment of the split, from a row
   */
  <R> AssessmentColumns(Columns<R> table, String prefix, Function<R, Assessment> assessment) {
    verdict = table.text(prefix + "verdict", assessment.andThen(each -> each.verdict().key()));
    accuracy = new EndColumns(table, prefix + "accuracy", assessment.andThen(Assessment::accuracy));
    auc = new EndColumns(table, prefix + "auc", assessment.andThen(Assessment::auc));
    constantMse =
        table.number(prefix + "constant_mse", assessment.andThen(Assessment::constantMse));
    Function<R, Estimate> difference = assessment.andThen(Assessment::mseAgainstConstant);
    String name = prefix + "mse_against_constant";
    mseAgainstConstant =
        table.number(
            name, difference.andThen(estimate -> estimate == null ? null : estimate.value()));
    mseAgainstConstantInterval = new EndColumns(table, name, difference);
  }

  /**
   * The assessment of the split; empty in a table of an older convoy.
   *
   * @param metrics of the split
   * @throws UserException if nobody knows the verdict
   */
  Optional<Assessment> assessment(SavedRow row, SplitMetrics metrics) {
    if (row.valueOrNull(verdict) == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Assessment(
            verdict(row),
            accuracy.around(metrics.accuracy(), row),
            auc.around(metrics.auc(), row),
            row.valueOrNull(constantMse),
            mseAgainstConstantInterval.around(row.valueOrNull(mseAgainstConstant), row)));
  }

  private Verdict verdict(SavedRow row) {
    try {
      return Verdict.of(row.value(verdict));
    } catch (IllegalArgumentException e) {
      throw row.unknown(verdict);
    }
  }
}
