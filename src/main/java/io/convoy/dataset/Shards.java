package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The shards of a data set as all tasks of an executor read them: each is opened once, and stays
 * open. Training visits the examples in random order, and to a store each read is a request: so a
 * shard that is not on a local disk is copied to the executor's, in one request, when it is first
 * read. Without room for it, it is read where it is.
 *
 * <p>The copies lie in Spark's scratch folders, which end with the executor, under names of their
 * own: should Spark drop this object to make room in memory, the next one finds them.
 */
public final class Shards implements Serializable {
  /** Spark's setting of how much an executor copies at most, such as {@code 64g}. */
  static final String MOST_COPIED = "spark.convoy.shardCopies";

  private static final String DEFAULT_MOST_COPIED = "64g";

  /** Left free for Spark, whose averaging goes through the same disk. */
  private static final long LEFT_FREE = 1L << 30;

  private static final long serialVersionUID = 1L;

  private final String dataset;
  private final List<String> hashes;
  private final long mostCopied;
  private final SerializableConfiguration configuration;
  private final String id = UUID.randomUUID().toString();
  private transient Map<Shard, ShardReader> readers;
  private transient long copied;

  Shards(String dataset, List<String> hashes, long mostCopied, Configuration configuration) {
    this.dataset = dataset;
    this.hashes = hashes;
    this.mostCopied = mostCopied;
    this.configuration = new SerializableConfiguration(configuration);
  }

  /**
   * Gives each executor its own.
   *
   * @param dataset the data set's folder
   * @param hashes {@link Manifest#shardHashes}, which copies must have; null where they are not
   *     known
   * @throws UserException if Spark's setting is no size
   */
  public static Broadcast<Shards> share(
      JavaSparkContext context, String dataset, List<String> hashes) {
    return context.broadcast(
        new Shards(dataset, hashes, mostCopied(context), context.hadoopConfiguration()));
  }

  private static long mostCopied(JavaSparkContext context) {
    try {
      return context.getConf().getSizeAsBytes(MOST_COPIED, DEFAULT_MOST_COPIED);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s must be a size such as 500m, 64g or 0, not %s.",
          MOST_COPIED, context.getConf().get(MOST_COPIED));
    }
  }

  Storage file(Shard shard) {
    return shard.file(Storage.at(dataset, configuration.value()));
  }

  /** The reader of a shard, which the first to read it opens. */
  synchronized ShardReader reader(Shard shard) {
    if (readers == null) {
      readers = new HashMap<>();
    }
    return readers.computeIfAbsent(shard, one -> new ShardReader(one, file(one), this));
  }

  /** A shard, and the length that it must have. */
  private record Prepared(Shard shard, long bytes) implements Serializable {
    private static final long serialVersionUID = 1L;

    static Prepared of(Shard shard, SplitCounts counts, int recordBytes) {
      return new Prepared(shard, (long) counts.examplesIn(shard.number()) * recordBytes);
    }
  }

  /**
   * Makes sure that the shards are those that were prepared: each is read once, from its beginning
   * to its end, by an executor. Copies that are made of them stay for training.
   *
   * @param context where the shards are read
   * @param dataset the data set's folder
   * @param manifest of it
   * @param files its shards
   * @throws UserException if a shard is missing, of another length, or of other bytes than were
   *     prepared
   */
  public static void requirePrepared(
      JavaSparkContext context, Storage dataset, Manifest manifest, Broadcast<Shards> files) {
    int recordBytes = manifest.layout().recordBytes();
    List<Prepared> all =
        Shard.all(manifest::counts).stream()
            .map(shard -> Prepared.of(shard, manifest.counts(shard.split()), recordBytes))
            .toList();
    if (all.isEmpty()) {
      return;
    }
    JobNames names = new JobNames(context.sc());
    names.begin("check the data set's files");
    List<String> found =
        context.parallelize(all, all.size()).map(each -> files.value().hashLine(each)).collect();
    names.end();
    List<String> prepared = manifest.shardHashes();
    if (prepared != null) {
      for (int i = 0; i < found.size(); i++) {
        if (i >= prepared.size() || !found.get(i).equals(prepared.get(i))) {
          throw altered(all.get(i).shard().file(dataset));
        }
      }
    }
    if (!DigestUtils.sha256Hex(String.join("\n", found)).equals(manifest.contentHash())) {
      throw altered(dataset);
    }
  }

  private String hashLine(Prepared prepared) {
    try {
      return reader(prepared.shard()).hash(prepared.bytes());
    } catch (FileNotFoundException e) {
      throw new UserException(
          "%s is missing; prepare the data set again, in another folder.", file(prepared.shard()));
    } catch (IOException e) {
      throw new UncheckedIOException(file(prepared.shard()) + ": " + e.getMessage(), e);
    }
  }

  static UserException altered(Storage place) {
    return new UserException(
        "%s was altered after it was prepared; prepare the data set again, in another folder.",
        place);
  }

  /** Where the copy of a shard is, or would be. */
  File copyOf(Storage shard) {
    return SparkEnv.get()
        .blockManager()
        .diskBlockManager()
        .getFile("convoy-" + id + "-" + shard.name());
  }

  /** Whether so many bytes may be copied, which then count. */
  synchronized boolean reserve(File copy, long bytes) {
    boolean fits =
        bytes <= mostCopied - copied && bytes <= copy.getParentFile().getUsableSpace() - LEFT_FREE;
    copied += fits ? bytes : 0;
    return fits;
  }

  /** They were not copied after all. */
  synchronized void release(long bytes) {
    copied -= bytes;
  }

  /** Whether a shard of this line in {@link Manifest#shardHashes} was prepared, as far as known. */
  boolean knows(String hash) {
    return hashes == null || hashes.contains(hash);
  }
}
