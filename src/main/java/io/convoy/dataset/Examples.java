package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads examples of a split at random positions.
 *
 * <p>A shard is fixed-length records, like those of CIFAR-10's binary version but for the order of
 * the pixels: one byte label, then height x width x 3 bytes, row by row, RGB. Record i of a split
 * is record {@code i % examplesPerShard} of shard {@code i / examplesPerShard}.
 */
public final class Examples implements Closeable {
  private final Source source;
  private final Map<Integer, FSDataInputStream> shards = new HashMap<>();

  /**
   * Where a split's examples are, to be carried to the executors.
   *
   * @param dataset the data set's folder
   * @param split the split
   * @param examples how many it has
   * @param examplesPerShard how many are in each file but the last
   * @param layout its records
   * @param configuration Hadoop's configuration
   */
  public record Source(
      String dataset,
      Split split,
      int examples,
      int examplesPerShard,
      Manifest.RecordLayout layout,
      SerializableConfiguration configuration)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The first examples, as many as there are up to a number. */
    public Source limited(int most) {
      return new Source(
          dataset, split, Math.min(examples, most), examplesPerShard, layout, configuration);
    }

    /** Opens the examples for reading. */
    public Examples open() {
      return new Examples(this);
    }
  }

  private Examples(Source source) {
    this.source = source;
  }

  /**
   * Reads one example.
   *
   * @param position in the split, from 0
   * @param record receives the label and the pixels; at least {@code layout.recordBytes()} long
   * @throws UserException if its shard is missing or cut short
   * @throws UncheckedIOException if the shard cannot be read otherwise
   */
  public void read(int position, byte[] record) {
    if (position < 0 || position >= source.examples) {
      throw new IndexOutOfBoundsException(position);
    }
    int shard = position / source.examplesPerShard;
    int bytes = source.layout.recordBytes();
    try {
      shards
          .computeIfAbsent(shard, this::openShard)
          .readFully((long) (position % source.examplesPerShard) * bytes, record, 0, bytes);
    } catch (EOFException e) {
      throw new UserException(
          "%s ends before its example %,d: the file is cut short, or %s is not its own; prepare the"
              + " data set again.",
          file(shard), position % source.examplesPerShard, Manifest.FILE);
    } catch (IOException e) {
      throw unreadable(shard, e);
    }
  }

  private Storage file(int shard) {
    return Manifest.shard(
        Storage.at(source.dataset, source.configuration.value()), source.split, shard);
  }

  private UncheckedIOException unreadable(int shard, IOException e) {
    return new UncheckedIOException("%s: %s".formatted(file(shard), e.getMessage()), e);
  }

  private FSDataInputStream openShard(int shard) {
    Storage file = file(shard);
    try {
      return withoutChecksums(file.fileSystem()).open(file.path());
    } catch (FileNotFoundException e) {
      throw new UserException("%s is missing; prepare the data set again.", file);
    } catch (IOException e) {
      throw unreadable(shard, e);
    }
  }

  /** On a local disk Hadoop would open the file and its checksums anew for each example. */
  private static FileSystem withoutChecksums(FileSystem files) {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  @Override
  public void close() {
    for (FSDataInputStream in : shards.values()) {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    shards.clear();
  }
}
