package io.convoy.dataset;

import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** Examples without photos: noise, the brighter at the top the higher the label. */
public final class SyntheticExamples {
  private SyntheticExamples() {}

  /** Writes a split of so many examples into the folder, and says where it is. */
  public static Examples write(Path folder, Split split, int examples, int height, int width) {
    return write(folder, split, examples, new Shard.RecordLayout(height, width, 2));
  }

  /** The same for any number of classes, which take turns. */
  public static Examples write(Path folder, Split split, int examples, Shard.RecordLayout layout) {
    Storage dataset = Storage.at(folder.toUri().toString(), new Configuration());
    Random random = new Random(examples * 31L + split.ordinal());
    new Shard(split, 0)
        .file(dataset)
        .write(
            out -> {
              for (int i = 0; i < examples; i++) {
                byte[] example = new byte[layout.recordBytes()];
                random.nextBytes(example);
                int label = i % layout.classes();
                brighten(example, layout.labelBytes(), 1 + example.length / 2, label, layout);
                out.write(
                    layout.record(
                        label, Arrays.copyOfRange(example, layout.labelBytes(), example.length)));
              }
            });
    return Examples.of(
        Shards.share(SharedSpark.context(), folder.toUri().toString(), null),
        split,
        examples,
        examples,
        layout);
  }

  /** Label 0 stays as it is; the highest is between middle grey and white. */
  private static void brighten(
      byte[] example, int from, int to, int label, Shard.RecordLayout layout) {
    if (label > 0) {
      int least = 128 * label / (layout.classes() - 1);
      for (int i = from; i < to; i++) {
        example[i] = (byte) (least + (example[i] & 0xFF) * (255 - least) / 255);
      }
    }
  }
}
