package io.convoy.report;

import io.convoy.averaging.Round;
import io.convoy.settings.OuterMomentum;
import java.util.List;
import java.util.Optional;

/**
 * One training of a study of parameter averaging.
 *
 * @param result of the architecture
 * @param outer momentum over the averagings
 * @param epochs that were trained, in their order, one or more
 * @param rounds of averaging, in their order
 */
public record StudyResult(
    ArchitectureResult result,
    Optional<OuterMomentum> outer,
    List<EpochSummary> epochs,
    List<Round> rounds) {

  /** The median, which the first epoch with its cold virtual machine hardly moves. */
  Double epochSeconds() {
    double[] sorted =
        epochs.stream()
            .filter(epoch -> epoch.seconds() != null)
            .mapToDouble(EpochSummary::seconds)
            .sorted()
            .toArray();
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return null;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  EpochSummary last() {
    return epochs.get(epochs.size() - 1);
  }

  /** Of an epoch, the mean. */
  double averagingRounds() {
    return (double) rounds.size() / epochs.size();
  }

  /** From all workers in an epoch, the mean. */
  double averagedBytes() {
    return rounds.stream().mapToDouble(each -> each.averagedBytes()).sum() / epochs.size();
  }

  /** The mean over the rounds of the last epoch. */
  double spread() {
    return rounds.stream()
        .filter(each -> each.epoch() == last().epoch())
        .mapToDouble(each -> each.spread())
        .average()
        .orElse(Double.NaN);
  }
}
