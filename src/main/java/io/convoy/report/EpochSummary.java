package io.convoy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What is read of an epoch of an architecture again. A figure that is not defined is null.
 *
 * @param epoch from 1
 * @param trainLoss mean over the training split
 * @param validationLoss mean over the validation split
 * @param validationAccuracy at the threshold 0.5, 0 to 1
 * @param seconds of training
 */
public record EpochSummary(
    String architecture,
    int epoch,
    Double trainLoss,
    Double validationLoss,
    Double validationAccuracy,
    Double seconds) {

  /** The means of several trainings by their epochs, each over those that came as far. */
  public static List<EpochSummary> means(String architecture, List<EpochSummary> trainings) {
    Map<Integer, List<EpochSummary>> byEpoch = new TreeMap<>();
    trainings.forEach(
        each -> byEpoch.computeIfAbsent(each.epoch, epoch -> new ArrayList<>()).add(each));
    return byEpoch.entrySet().stream()
        .map(
            of ->
                new EpochSummary(
                    architecture,
                    of.getKey(),
                    mean(of.getValue(), EpochSummary::trainLoss),
                    mean(of.getValue(), EpochSummary::validationLoss),
                    mean(of.getValue(), EpochSummary::validationAccuracy),
                    mean(of.getValue(), EpochSummary::seconds)))
        .toList();
  }

  private static Double mean(List<EpochSummary> epochs, Function<EpochSummary, Double> figure) {
    List<Double> values = epochs.stream().map(figure).filter(Objects::nonNull).toList();
    return values.isEmpty()
        ? null
        : (Double) values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
