package io.convoy.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often images of each class were called which class.
 *
 * @param classes how many there are
 * @param cells the pairs that an image has, in the order of the actual and then of the predicted
 *     class
 */
public record ConfusionMatrix(int classes, List<Cell> cells) {

  /**
   * A pair of classes.
   *
   * @param actual label of the class that the images are of
   * @param predicted label of the class that they are called
   * @param images how many, at least 1
   */
  public record Cell(int actual, int predicted, long images) {}

  /** Copies the list. */
  public ConfusionMatrix {
    cells = List.copyOf(cells);
  }

  /** The matrix of a split; without cells where it has no images, or NaN among its numbers. */
  public static ConfusionMatrix of(Predictions predictions) {
    List<Cell> cells = new ArrayList<>();
    if (predictions.measurable()) {
      int classes = predictions.classes();
      int[] counts = new int[classes * classes];
      predictions
          .indices()
          .forEach(i -> counts[predictions.labels()[i] * classes + predictions.predicted(i)]++);
      for (int at = 0; at < counts.length; at++) {
        if (counts[at] > 0) {
          cells.add(new Cell(at / classes, at % classes, counts[at]));
        }
      }
    }
    return new ConfusionMatrix(predictions.classes(), cells);
  }

  /** How many images there are. */
  public long images() {
    return LongStream.of(actual()).sum();
  }

  /** How many images are of each class, by label. */
  public long[] actual() {
    return sums(cells, Cell::actual);
  }

  /** How many images are called each class, by label. */
  public long[] predicted() {
    return sums(cells, Cell::predicted);
  }

  /** How many images of each class are called so, by label. */
  public long[] right() {
    return sums(
        cells.stream().filter(cell -> cell.actual == cell.predicted).toList(), Cell::actual);
  }

  private long[] sums(List<Cell> of, ToIntFunction<Cell> label) {
    long[] images = new long[classes];
    of.forEach(cell -> images[label.applyAsInt(cell)] += cell.images);
    return images;
  }

  /** The pairs of different classes, those with the most images first. */
  public List<Cell> mistakes() {
    return cells.stream()
        .filter(cell -> cell.actual != cell.predicted)
        .sorted(Comparator.comparingLong(Cell::images).reversed())
        .toList();
  }

  /**
   * The classes with the most mistakes, counting the images of them and those called them; of
   * equals the first.
   *
   * @param most how many, at least 0
   * @return their labels, ascending
   */
  public List<Integer> mostConfused(int most) {
    long[] mistakes = new long[classes];
    mistakes()
        .forEach(
            cell -> {
              mistakes[cell.actual] += cell.images;
              mistakes[cell.predicted] += cell.images;
            });
    return IntStream.range(0, classes)
        .boxed()
        .sorted(Comparator.comparingLong((Integer label) -> mistakes[label]).reversed())
        .limit(most)
        .sorted()
        .toList();
  }

  /** The class that all images are called; empty where there are two such classes, or no images. */
  public Optional<Integer> onlyPredicted() {
    int[] called = cells.stream().mapToInt(Cell::predicted).distinct().limit(2).toArray();
    return called.length == 1 ? Optional.of(called[0]) : Optional.empty();
  }

  /** The rates of each class, by label; empty for one that no image is of, or is called. */
  public List<Optional<Rates>> rates() {
    long[] right = right();
    long[] predicted = predicted();
    long[] actual = actual();
    return IntStream.range(0, classes)
        .mapToObj(
            label ->
                predicted[label] + actual[label] == 0
                    ? Optional.<Rates>empty()
                    : Optional.of(Rates.of(right[label], predicted[label], actual[label])))
        .toList();
  }

  /** The mean of the classes' rates, of which each counts alike. */
  Rates macro() {
    List<Rates> rates = rates().stream().flatMap(Optional::stream).toList();
    return new Rates(
        mean(rates, Rates::precision), mean(rates, Rates::recall), mean(rates, Rates::f1));
  }

  private static double mean(List<Rates> rates, ToDoubleFunction<Rates> rate) {
    return rates.stream().mapToDouble(rate).average().orElse(Double.NaN);
  }

  /** The rates of all classes' counts together. */
  Rates micro() {
    return Rates.of(LongStream.of(right()).sum(), images(), images());
  }

  /**
   * Matthews' correlation for any number of classes (Gorodkin 2004), -1..1; 0 where all images are
   * of one class, or are called so.
   */
  double matthews() {
    double images = images();
    double right = LongStream.of(right()).sum();
    double chance = products(actual(), predicted());
    double spread =
        (images * images - products(predicted(), predicted()))
            * (images * images - products(actual(), actual()));
    return spread == 0 ? 0 : (images * right - chance) / Math.sqrt(spread);
  }

  private static double products(long[] first, long[] second) {
    return IntStream.range(0, first.length).mapToDouble(i -> (double) first[i] * second[i]).sum();
  }
}
