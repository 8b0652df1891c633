package io.convoy.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities can be believed: of the images with a probability near 0.7, 70 % should be
 * of the positive class.
 *
 * @param bins of one width, ascending
 */
public record Calibration(List<Bin> bins) {

  /**
   * @param from the bin's lower edge
   * @param to the bin's upper edge, which belongs to the next bin; to the last bin where it is 1
   * @param images in the bin
   * @param meanProbability of them; null where there is none
   * @param positiveShare of them that are of the positive class, 0..1; null where there is none
   */
  public record Bin(
      double from, double to, long images, Double meanProbability, Double positiveShare) {}

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * The calibration of a split; images without a probability do not count.
   *
   * @param bins how many, at least 1
   */
  public static Calibration of(BinaryPredictions predictions, int bins) {
    EqualBins edges = new EqualBins(bins);
    List<List<Integer>> images = edges.images(predictions);
    List<Bin> result = new ArrayList<>();
    for (int bin = 0; bin < bins; bin++) {
      List<Integer> inside = images.get(bin);
      result.add(
          new Bin(
              edges.lower(bin),
              edges.upper(bin),
              inside.size(),
              mean(inside.stream().mapToDouble(i -> predictions.probabilities()[i]).sum(), inside),
              mean(inside.stream().mapToDouble(i -> predictions.labels()[i]).sum(), inside)));
    }
    return new Calibration(result);
  }

  private static Double mean(double sum, List<Integer> images) {
    return images.isEmpty() ? null : sum / images.size();
  }
}
