package io.convoy.dataset;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A file of examples: records of one length, like those of CIFAR-10's binary version but for the
 * order of the pixels: one byte label, then height x width x 3 bytes, row by row, RGB. The examples
 * of a split lie in its shards in the order of their positions, {@link
 * SplitCounts#examplesPerShard} in each but the last.
 *
 * @param split whose examples they are
 * @param number of the shard in its split, from 0
 */
public record Shard(Split split, int number) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The length of a shard's records.
   *
   * @param height rows of each image, at least 1
   * @param width columns of each image, at least 1
   */
  public record RecordLayout(int height, int width) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Bytes of an example: its label, then its pixels. */
    public int recordBytes() {
      return 1 + height * width * 3;
    }
  }

  /** Writes an example. */
  static void writeRecord(OutputStream out, int label, byte[] pixels) throws IOException {
    out.write(label);
    out.write(pixels);
  }

  /** The label of an example. */
  static int label(byte[] record) {
    return record[0] & 0xFF;
  }

  /** The shards of a data set: training first, then validation, then test. */
  static List<Shard> all(Function<Split, SplitCounts> counts) {
    List<Shard> shards = new ArrayList<>();
    for (Split split : Split.values()) {
      for (int number = 0; number < counts.apply(split).shards(); number++) {
        shards.add(new Shard(split, number));
      }
    }
    return shards;
  }

  /** The shard's file: {@code pixels/train-00000.u8}. */
  Storage file(Storage dataset) {
    return dataset.child("pixels/" + name());
  }

  private String name() {
    return String.format(Locale.ROOT, "%s-%05d.u8", split.key(), number);
  }

  /** The shard's line in {@link Manifest#shardHashes}. */
  String hashLine(String sha256) {
    return name() + " " + sha256;
  }
}
