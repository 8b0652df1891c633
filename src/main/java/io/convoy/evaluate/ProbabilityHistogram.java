package io.convoy.evaluate;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How often images of each class got which probability.
 *
 * @param bins of one width, ascending
 */
public record ProbabilityHistogram(List<Bin> bins) {

  /**
   * @param from the bin's lower edge
   * @param to the bin's upper edge, which belongs to the next bin; to the last bin where it is 1
   * @param negatives images of the negative class
   * @param positives images of the positive class
   */
  public record Bin(double from, double to, long negatives, long positives) {}

  public ProbabilityHistogram {
    bins = List.copyOf(bins);
  }

  /**
   * The histogram of a split; images without a probability do not count.
   *
   * @param bins how many, at least 1
   */
  public static ProbabilityHistogram of(BinaryPredictions predictions, int bins) {
    EqualBins edges = new EqualBins(bins);
    List<List<Integer>> images = edges.images(predictions);
    return new ProbabilityHistogram(
        IntStream.range(0, bins)
            .mapToObj(
                bin -> {
                  long all = images.get(bin).size();
                  long positives =
                      images.get(bin).stream().filter(i -> predictions.labels()[i] == 1).count();
                  return new Bin(edges.lower(bin), edges.upper(bin), all - positives, positives);
                })
            .toList());
  }
}
