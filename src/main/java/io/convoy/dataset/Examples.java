package io.convoy.dataset;

import io.convoy.failure.UserException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.broadcast.Broadcast;

/**
 * A split, whose examples are read at random positions; to be carried to the executors.
 *
 * <p>A shard is fixed-length records, like those of CIFAR-10's binary version but for the order of
 * the pixels: one byte label, then height x width x 3 bytes, row by row, RGB. Record i of a split
 * is record {@code i % examplesPerShard} of shard {@code i / examplesPerShard}.
 *
 * @param files the data set's shards
 * @param split the split
 * @param examples how many it has
 * @param examplesPerShard how many are in each file but the last
 * @param layout its records
 * @param classes how many there are
 */
public record Examples(
    Broadcast<ShardFiles> files,
    Split split,
    int examples,
    int examplesPerShard,
    Manifest.RecordLayout layout,
    int classes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Those of a split of a prepared data set. */
  public static Examples of(Broadcast<ShardFiles> files, Split split, Manifest manifest) {
    SplitCounts counts = manifest.counts(split);
    return new Examples(
        files,
        split,
        counts.examples(),
        counts.examplesPerShard(),
        manifest.layout(),
        manifest.classes().size());
  }

  /** The first examples, as many as there are up to a number. */
  public Examples limited(int most) {
    return new Examples(files, split, Math.min(examples, most), examplesPerShard, layout, classes);
  }

  /**
   * Reads one example.
   *
   * @param position in the split, from 0
   * @param record receives the label and the pixels; at least {@code layout.recordBytes()} long
   * @throws UserException if its shard is missing, cut short or altered, or its label is of no
   *     class
   * @throws UncheckedIOException if the shard cannot be read otherwise
   */
  public void read(int position, byte[] record) {
    if (position < 0 || position >= examples) {
      throw new IndexOutOfBoundsException(position);
    }
    int shard = position / examplesPerShard;
    int inShard = position % examplesPerShard;
    int bytes = layout.recordBytes();
    ShardFiles here = files.value();
    try {
      here.shard(split, shard).read((long) inShard * bytes, record, bytes);
    } catch (FileNotFoundException e) {
      throw new UserException(
          "%s is missing; prepare the data set again.", here.place(split, shard));
    } catch (EOFException e) {
      throw new UserException(
          "%s ends before its example %,d: the file is cut short, or %s is not its own; prepare the"
              + " data set again.",
          here.place(split, shard), inShard, Manifest.FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: %s".formatted(here.place(split, shard), e.getMessage()), e);
    }
    int label = record[0] & 0xFF;
    if (label >= classes) {
      throw new UserException(
          "%s: its example %,d has the label %d, and there are %d classes; prepare the data set"
              + " again.",
          here.place(split, shard), inShard, label, classes);
    }
  }
}
