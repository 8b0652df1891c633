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
 * <p>The example at position i is record {@code i % examplesPerShard} of {@link Shard} {@code i /
 * examplesPerShard}.
 *
 * @param files the data set's shards
 * @param split the split
 * @param examples how many it has
 * @param examplesPerShard how many are in each file but the last
 * @param layout its records
 */
public record Examples(
    Broadcast<Shards> files,
    Split split,
    int examples,
    int examplesPerShard,
    Shard.RecordLayout layout)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The examples of a split of a prepared data set. */
  public static Examples of(Broadcast<Shards> files, Split split, Manifest manifest) {
    SplitCounts counts = manifest.counts(split);
    return new Examples(
        files, split, counts.examples(), counts.examplesPerShard(), manifest.layout());
  }

  /** How many classes there are. */
  public int classes() {
    return layout.classes();
  }

  /** The first examples, as many as there are up to a number. */
  public Examples limited(int most) {
    return new Examples(files, split, Math.min(examples, most), examplesPerShard, layout);
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
    Shard shard = new Shard(split, position / examplesPerShard);
    int inShard = position % examplesPerShard;
    int bytes = layout.recordBytes();
    Shards here = files.value();
    try {
      here.reader(shard).read((long) inShard * bytes, record, bytes);
    } catch (FileNotFoundException e) {
      throw new UserException("%s is missing; prepare the data set again.", here.file(shard));
    } catch (EOFException e) {
      throw new UserException(
          "%s ends before its example %,d: the file is cut short, or %s is not its own; prepare the"
              + " data set again.",
          here.file(shard), inShard, Manifest.FILE);
    } catch (IOException e) {
      throw new UncheckedIOException("%s: %s".formatted(here.file(shard), e.getMessage()), e);
    }
    int label = layout.label(record);
    if (label >= classes()) {
      throw new UserException(
          "%s: its example %,d has the label %d, and there are %d classes; prepare the data set"
              + " again.",
          here.file(shard), inShard, label, classes());
    }
  }
}
