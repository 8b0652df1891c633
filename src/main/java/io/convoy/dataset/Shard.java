package io.convoy.dataset;

import io.convoy.storage.Storage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A file of examples: records of one length, like those of CIFAR-10's binary version but for the
 * order of the pixels: a label, of one byte up to 256 classes and else of two, the lower first,
 * then height x width x 3 bytes, row by row, RGB. The examples of a split lie in its shards in the
 * order of their positions, {@link SplitCounts#examplesPerShard} in each but the last.
 *
 * @param split whose examples they are
 * @param number of the shard in its split, from 0
 */
public record Shard(Split split, int number) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A shard's records.
   *
   * @param height rows of each image, at least 1
   * @param width columns of each image, at least 1
   * @param classes how many there are
   */
  public record RecordLayout(int height, int width, int classes) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Labels in one byte. */
    private static final int IN_A_BYTE = 1 << Byte.SIZE;

    /** Bytes of an example: its label, then its pixels. */
    public int recordBytes() {
      return labelBytes() + height * width * 3;
    }

    /** Bytes of a label, which are where the pixels begin. */
    public int labelBytes() {
      return classes <= IN_A_BYTE ? 1 : 2;
    }

    /** The label of an example. */
    public int label(byte[] record) {
      int low = record[0] & 0xFF;
      return labelBytes() == 1 ? low : low | (record[1] & 0xFF) << Byte.SIZE;
    }

    /** An example's record. */
    byte[] record(int label, byte[] pixels) {
      byte[] record = new byte[recordBytes()];
      record[0] = (byte) label;
      if (labelBytes() == 2) {
        record[1] = (byte) (label >> Byte.SIZE);
      }
      System.arraycopy(pixels, 0, record, labelBytes(), pixels.length);
      return record;
    }
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
