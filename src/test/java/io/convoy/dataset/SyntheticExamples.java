package io.convoy.dataset;

import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** Examples without photos: noise, brighter at the top where the label is 1. */
public final class SyntheticExamples {
  private SyntheticExamples() {}

  /** Writes a split of so many examples into the folder, and says where it is. */
  public static Examples write(Path folder, Split split, int examples, int height, int width) {
    Storage dataset = Storage.at(folder.toUri().toString(), new Configuration());
    Shard.RecordLayout layout = new Shard.RecordLayout(height, width);
    Random random = new Random(examples * 31L + split.ordinal());
    new Shard(split, 0)
        .file(dataset)
        .write(
            out -> {
              for (int i = 0; i < examples; i++) {
                byte[] example = new byte[layout.recordBytes()];
                random.nextBytes(example);
                example[0] = (byte) (i % 2);
                if (i % 2 == 1) {
                  brighten(example, 1, 1 + example.length / 2);
                }
                out.write(example);
              }
            });
    return new Examples(
        Shards.share(SharedSpark.context(), folder.toUri().toString(), null),
        split,
        examples,
        examples,
        layout,
        2);
  }

  private static void brighten(byte[] example, int from, int to) {
    for (int i = from; i < to; i++) {
      example[i] = (byte) (128 + (example[i] & 0xFF) / 2);
    }
  }
}
