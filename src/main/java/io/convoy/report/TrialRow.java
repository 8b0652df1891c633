package io.convoy.report;

import io.convoy.search.SuccessiveHalving.State;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A trial of a search on a rung. Figures are those of the epoch that it would keep, its best so
 * far, and null while there is none.
 *
 * @param trial its number, from 1
 * @param architecture its name
 * @param base the architecture of the settings that it was made of
 * @param drawn its settings, by their keys, as HOCON
 * @param rung from 0
 * @param state of the trial on the rung
 * @param reason why it failed; null where it did not
 * @param epochs that it is trained
 * @param bestEpoch from 1
 * @param metric that decides
 * @param value of that metric
 * @param loss of the validation split
 * @param mse of the validation split
 * @param accuracy of the validation split
 * @param auc of the validation split
 * @param seconds of training and evaluation for this rung
 * @param images that passed through its network for this rung
 * @param searchSeconds from the begin of the search to the end of this
 */
public record TrialRow(
    int trial,
    String architecture,
    String base,
    SortedMap<String, String> drawn,
    int rung,
    State state,
    String reason,
    int epochs,
    Integer bestEpoch,
    String metric,
    Double value,
    Double loss,
    Double mse,
    Double accuracy,
    Double auc,
    double seconds,
    long images,
    double searchSeconds) {

  /** What was drawn, in words. */
  public String settings() {
    return drawn.entrySet().stream()
        .map(each -> each.getKey() + " = " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /** The same row with another state. */
  public TrialRow with(State other) {
    return new TrialRow(
        trial,
        architecture,
        base,
        drawn,
        rung,
        other,
        reason,
        epochs,
        bestEpoch,
        metric,
        value,
        loss,
        mse,
        accuracy,
        auc,
        seconds,
        images,
        searchSeconds);
  }
}
