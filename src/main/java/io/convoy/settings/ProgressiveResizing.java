package io.convoy.settings;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Smaller images in the first epochs, which grow (Tan and Le 2021, "EfficientNetV2: Smaller Models
 * and Faster Training"). They grow by eighths of the sides, as a network is made anew for each
 * size. They may end smaller than those of evaluation and prediction, which are always whole: parts
 * that are cropped and enlarged show objects larger than whole images do (Touvron et al. 2019,
 * "Fixing the train-test resolution discrepancy").
 *
 * @param from sides of the first epoch's images, as a share of the whole ones', 0.25 to 1
 * @param to sides of the last epochs' images, likewise, {@code from} to 1
 * @param until share of the epochs, 0 to 1, from which on images have the sides {@code to}
 */
public record ProgressiveResizing(double from, double to, double until) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String UNTIL = "until";
  private static final double LEAST = 0.25;
  private static final int PARTS = 8;

  /** Images are whole in all epochs. */
  public static final ProgressiveResizing NONE = new ProgressiveResizing(1, 1, 0);

  /** Its block, without the braces. */
  String hocon() {
    return "from = %s, to = %s, until = %s".formatted(from, to, until);
  }

  /**
   * Reads its block, such as {@code { from = 0.5, until = 0.75 }}. Without {@code to}, images grow
   * to whole ones.
   */
  static ProgressiveResizing read(Section resizing) {
    resizing.allow(List.of(FROM, TO, UNTIL));
    double from =
        resizing
            .entry(FROM)
            .number("a share from 0.25 to 1", share -> share >= LEAST && share <= 1);
    return new ProgressiveResizing(
        from,
        resizing
            .present(TO)
            .map(
                entry ->
                    entry.number(
                        "a share from %s (from) to 1".formatted(from),
                        share -> share >= from && share <= 1))
            .orElse(1.0),
        resizing.entry(UNTIL).number("a share from 0 to 1", share -> share >= 0 && share <= 1));
  }

  /**
   * The sides of an epoch's images, as a share of the whole ones'.
   *
   * @param epoch from 1
   * @param epochs of the whole training
   */
  public double side(int epoch, int epochs) {
    double last = until * epochs;
    if (epoch > last) {
      return to;
    }
    double grown = from + (to - from) * (epoch - 1) / last;
    return Math.max(from, Math.floor(grown * PARTS) / PARTS);
  }

  /**
   * The last epoch before images have their last size; 0 where they have it from the first on.
   *
   * @param epochs of the whole training
   */
  public int lastGrowing(int epochs) {
    return from == to ? 0 : (int) (until * epochs);
  }

  /**
   * About what an epoch takes, as a share of what one of whole images does: the mean of the shares
   * of sides and pixels. Networks have less to do at a time in small images, and are slower at it.
   * With {@code conf/full.conf} epochs of 0.4, 0.5 and 0.625 of the sides took 0.36, 0.49 and 0.68
   * of one of 0.8; this says 0.39, 0.52 and 0.71.
   *
   * @param epoch from 1
   * @param epochs of the whole training
   */
  public double time(int epoch, int epochs) {
    double side = side(epoch, epochs);
    return (side + side * side) / 2;
  }

  /**
   * The same of a whole training.
   *
   * @param epochs of the training
   */
  public double time(int epochs) {
    return IntStream.rangeClosed(1, epochs)
        .mapToDouble(epoch -> time(epoch, epochs))
        .average()
        .orElseThrow();
  }
}
