package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Makes sure that the shards are those that were prepared: each is read once, from its beginning to
 * its end, by an executor.
 */
public final class ShardCheck {
  private final JavaSparkContext context;

  /**
   * @param context where the shards are read
   */
  public ShardCheck(JavaSparkContext context) {
    this.context = context;
  }

  /** A shard, and how many examples it must have. */
  private record Wanted(Split split, int shard, int examples) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads all shards; copies that are made of them stay for training.
   *
   * @param dataset the data set's folder
   * @param manifest of it
   * @param files its shards
   * @throws UserException if a shard is missing, of another length, or of other bytes than were
   *     prepared
   */
  public void requirePrepared(Storage dataset, Manifest manifest, Broadcast<ShardFiles> files) {
    List<Wanted> wanted = wanted(manifest);
    if (wanted.isEmpty()) {
      return;
    }
    JobNames names = new JobNames(context.sc());
    names.begin("check the data set's files");
    Manifest.RecordLayout layout = manifest.layout();
    List<String> found =
        context
            .parallelize(wanted, wanted.size())
            .map(each -> hash(files.value(), each, layout))
            .collect();
    names.end();
    List<String> prepared = manifest.shardHashes();
    if (prepared != null) {
      for (int i = 0; i < found.size(); i++) {
        if (i >= prepared.size() || !found.get(i).equals(prepared.get(i))) {
          throw altered(Manifest.shard(dataset, wanted.get(i).split(), wanted.get(i).shard()));
        }
      }
    }
    if (!DigestUtils.sha256Hex(String.join("\n", found)).equals(manifest.contentHash())) {
      throw altered(dataset);
    }
  }

  private static List<Wanted> wanted(Manifest manifest) {
    List<Wanted> wanted = new ArrayList<>();
    for (Split split : Split.values()) {
      SplitCounts counts = manifest.counts(split);
      for (int shard = 0; shard < counts.shards(); shard++) {
        int before = shard * counts.examplesPerShard();
        int examples = Math.min(counts.examplesPerShard(), counts.examples() - before);
        wanted.add(new Wanted(split, shard, examples));
      }
    }
    return wanted;
  }

  /** The shard's line in the manifest. */
  private static String hash(ShardFiles files, Wanted wanted, Manifest.RecordLayout layout) {
    try {
      return files
          .shard(wanted.split(), wanted.shard())
          .hash((long) wanted.examples() * layout.recordBytes());
    } catch (FileNotFoundException e) {
      throw new UserException(
          "%s is missing; prepare the data set again, in another folder.",
          files.place(wanted.split(), wanted.shard()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          files.place(wanted.split(), wanted.shard()) + ": " + e.getMessage(), e);
    }
  }

  static UserException altered(Storage place) {
    return new UserException(
        "%s was altered after it was prepared; prepare the data set again, in another folder.",
        place);
  }
}
