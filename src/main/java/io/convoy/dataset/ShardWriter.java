package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Writes the examples of one partition, sorted by their keys, as one shard. */
final class ShardWriter implements FlatMapFunction<Iterator<Tuple2<Long, Photo.Used>>, String> {
  private static final long serialVersionUID = 1L;

  private final String dataset;
  private final ShardPartitioner partitioner;
  private final SerializableConfiguration configuration;

  ShardWriter(
      String dataset, ShardPartitioner partitioner, SerializableConfiguration configuration) {
    this.dataset = dataset;
    this.partitioner = partitioner;
    this.configuration = configuration;
  }

  /**
   * Writes the shard.
   *
   * @return its name and the SHA-256 of its bytes; nothing for an empty partition
   */
  @Override
  public Iterator<String> call(Iterator<Tuple2<Long, Photo.Used>> photos) throws Exception {
    if (!photos.hasNext()) {
      return Collections.emptyIterator();
    }
    Tuple2<Long, Photo.Used> first = photos.next();
    Storage folder = Storage.at(dataset, configuration.value());
    Storage shard =
        Manifest.shard(folder, ShardPartitioner.split(first._1), partitioner.shard(first._1));
    MessageDigest digest = DigestUtils.getSha256Digest();
    shard.write(
        out -> {
          OutputStream records = new DigestOutputStream(new BufferedOutputStream(out), digest);
          write(first._2, records);
          int written = 1;
          while (photos.hasNext()) {
            write(photos.next()._2, records);
            written++;
          }
          records.flush();
          requireAll(written, partitioner.examples(first._1));
        });
    String hash = HexFormat.of().formatHex(digest.digest());
    return List.of(Manifest.hashLine(shard, hash)).iterator();
  }

  private static void requireAll(int written, int expected) {
    if (written != expected) {
      throw new UserException(
          "Photos were deleted or changed while they were prepared: %,d of %,d of a shard are left;"
              + " start again.",
          written, expected);
    }
  }

  private static void write(Photo.Used photo, OutputStream out) throws IOException {
    out.write(photo.indexed().label());
    out.write(photo.pixels());
  }
}
