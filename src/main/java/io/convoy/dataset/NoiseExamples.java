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
              byte[] example = new byte[layout.recordBytes()];
              for (int i = 0; i < examples; i++) {
                random.nextBytes(example);
                example[0] = (byte) (i % 2);
                out.write(example);
              }
            });
    return new Examples(
        Shards.share(context, dataset.toString(), null),
        Split.TRAIN,
        examples,
        examples,
        layout,
        2);
  }
}
