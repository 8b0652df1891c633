package io.convoy.train;

import io.convoy.dataset.Examples;
import io.convoy.image.Rgb;
import io.convoy.network.PatchStatistics;
import io.convoy.settings.Layer;
import io.convoy.spark.JobNames;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Patches of the training examples. Which these are depends on how many examples there are, and on
 * nothing else.
 */
public final class PatchSample {
  private static final int MOST_EXAMPLES = 2000;
  private static final int PATCHES_OF_EACH = 128;
  private static final double WHITE = 255;
  private static final int BYTE = 0xff;

  private PatchSample() {}

  /**
   * What the patches are like that a layer sees, by a task on an executor.
   *
   * @param name of the architecture, for Spark's job descriptions
   * @param training one example or more, none smaller than a patch
   */
  public static PatchStatistics statistics(
      JavaSparkContext context, String name, Examples training, Layer.Whitening layer) {
    JobNames names = new JobNames(context.sc());
    names.begin("train %s: reading patches for the whitening", name);
    PatchStatistics statistics =
        context.parallelize(List.of(layer), 1).map(each -> of(training, each)).first();
    names.end();
    return statistics;
  }

  private static PatchStatistics of(Examples training, Layer.Whitening layer) {
    int height = training.layout().height();
    int width = training.layout().width();
    int rows = layer.kernelHeight();
    int columns = layer.kernelWidth();
    double[] patch = new double[Rgb.CHANNELS * rows * columns];
    PatchStatistics.Sum sum = new PatchStatistics.Sum(patch.length);
    byte[] record = new byte[training.layout().recordBytes()];
    int count = Math.min(training.examples(), MOST_EXAMPLES);
    for (int i = 0; i < count; i++) {
      training.read((int) ((long) i * training.examples() / count), record);
      SplittableRandom random = new SplittableRandom(i);
      for (int j = 0; j < PATCHES_OF_EACH; j++) {
        int top = random.nextInt(height - rows + 1);
        int left = random.nextInt(width - columns + 1);
        for (int number = 0; number < patch.length; number++) {
          int channel = number / (rows * columns);
          int row = top + number / columns % rows;
          int column = left + number % columns;
          int at = (row * width + column) * Rgb.CHANNELS + channel;
          patch[number] = (record[training.layout().labelBytes() + at] & BYTE) / WHITE;
        }
        sum.add(patch);
      }
    }
    return sum.statistics();
  }
}
