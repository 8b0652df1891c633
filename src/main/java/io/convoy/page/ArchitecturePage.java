package io.convoy.page;

import io.convoy.evaluate.BinaryPredictions;
import io.convoy.evaluate.Calibration;
import io.convoy.evaluate.ConfusionMatrix;
import io.convoy.evaluate.ConfusionMatrix.Cell;
import io.convoy.evaluate.HardExamples.Example;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.ProbabilityHistogram;
import io.convoy.evaluate.RocCurve;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows of one architecture of a run.
 *
 * @param name in the settings
 * @param result what training came to; none where it has not come to its end
 * @param epochs that are trained
 * @param predictions by the keys of the splits, the photos of a split in one order for all
 *     architectures of runs that were measured on them
 * @param splits whose predictions are known
 * @param gallery of photos that were hard; none where nothing is predicted
 * @param kernels of the first layer; none where that is no convolution
 */
public record ArchitecturePage(
    String name,
    Optional<ArchitectureResult> result,
    List<EpochSummary> epochs,
    Map<String, Predictions> predictions,
    List<SplitCurves> splits,
    Optional<Gallery> gallery,
    Optional<KernelMosaic> kernels) {

  /**
   * The curves of a split.
   *
   * @param split its key
   * @param classes of two classes the positive one alone, of more each against the rest, up to
   *     {@value #MOST_CLASSES}, those with the most mistakes
   */
  public record SplitCurves(String split, List<ClassCurves> classes) {
    /** As many as a confusion matrix is readable with. */
    static final int MOST_CLASSES = 100;

    private static final int ROC_POINTS = 250;
    private static final int ROC_POINTS_OF_MANY = 40;

    /** From the predictions of the split. */
    public static SplitCurves of(String split, Predictions predictions) {
      return new SplitCurves(
          split,
          predictions.isBinary()
              ? List.of(ClassCurves.of(1, predictions, ROC_POINTS))
              : ConfusionMatrix.of(predictions).mostConfused(MOST_CLASSES).stream()
                  .map(label -> ClassCurves.of(label, predictions, ROC_POINTS_OF_MANY))
                  .toList());
    }
  }

  /** The curves of one class against the others, by its label. */
  public record ClassCurves(
      int label, RocCurve roc, Calibration calibration, ProbabilityHistogram histogram) {
    private static final int CALIBRATION_BINS = 10;
    private static final int HISTOGRAM_BINS = 20;

    static ClassCurves of(int label, Predictions predictions, int points) {
      BinaryPredictions against = predictions.oneVsRest(label);
      return new ClassCurves(
          label,
          RocCurve.of(against).corners().thinned(points),
          Calibration.of(against, CALIBRATION_BINS),
          ProbabilityHistogram.of(against, HISTOGRAM_BINS));
    }
  }

  /**
   * Photos that were hard.
   *
   * @param split they are of
   * @param threshold that decided between two classes
   * @param mistakes of two classes, the most confident first
   * @param uncertain of two classes, the nearest to the threshold first
   * @param pairs of more classes, those that are confused most often first
   */
  public record Gallery(
      String split,
      double threshold,
      List<Shown> mistakes,
      List<Shown> uncertain,
      List<ConfusedPair> pairs) {}

  /** Two classes with mistakes between them, the most confident first. */
  public record ConfusedPair(Cell pair, List<Shown> mistakes) {}

  /**
   * A photo with what was said of it.
   *
   * @param heat none where the network's feature maps do not tell
   */
  public record Shown(Example example, Picture picture, Optional<Heat> heat) {
    /** A photo of which nothing more is known. */
    public Shown(Example example, Picture picture) {
      this(example, picture, Optional.empty());
    }
  }

  /**
   * Where in a photo the network sees the class that it calls it.
   *
   * @param png the bytes of a PNG file to lie over the photo; none where no place speaks for the
   *     class
   */
  public record Heat(Optional<byte[]> png) {}

  /**
   * A photo made small.
   *
   * @param jpeg the bytes of a JPEG file; none where there is a placeholder instead
   * @param obstacle why there is none; empty where there is one
   */
  public record Picture(Optional<byte[]> jpeg, String obstacle) {

    /** A photo that could be read. */
    public static Picture of(byte[] jpeg) {
      return new Picture(Optional.of(jpeg), "");
    }

    /** A photo that could not. */
    public static Picture missing(String obstacle) {
      return new Picture(Optional.empty(), obstacle);
    }
  }
}
