package io.convoy.dataset;

import io.convoy.storage.Storage;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;

/** Examples of noise, to measure on where their content makes no difference. */
public final class NoiseExamples {
  private NoiseExamples() {}

  /**
   * Writes a training split without a manifest, in one shard.
   *
   * @param dataset the folder
   * @param examples how many, at least 1
   * @param layout of each
   */
  public static Examples write(
      Storage dataset, int examples, Shard.RecordLayout layout, JavaSparkContext context) {
    Random random = new Random(1);
    new Shard(Split.TRAIN, 0)
        .file(dataset)
        .write(
            out -> {
              byte[] pixels = new byte[layout.recordBytes() - layout.labelBytes()];
              for (int i = 0; i < examples; i++) {
                random.nextBytes(pixels);
                out.write(layout.record(i % layout.classes(), pixels));
              }
            });
    return Examples.of(
        Shards.share(context, dataset.toString(), null), Split.TRAIN, examples, examples, layout);
  }
}
