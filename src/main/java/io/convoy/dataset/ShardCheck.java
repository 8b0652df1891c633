package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

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
   * Reads all shards.
   *
   * @param dataset the data set's folder
   * @param manifest of it
   * @throws UserException if a shard is missing, of another length, or of other bytes than were
   *     prepared
   */
  public void requirePrepared(Storage dataset, Manifest manifest) {
    List<Wanted> wanted = wanted(manifest);
    if (wanted.isEmpty()) {
      return;
    }
    JobNames names = new JobNames(context.sc());
    names.begin("check the data set's files");
    String folder = dataset.toString();
    Manifest.RecordLayout layout = manifest.layout();
    var configuration = new SerializableConfiguration(context.hadoopConfiguration());
    List<String> found =
        context
            .parallelize(wanted, wanted.size())
            .map(each -> hash(Storage.at(folder, configuration.value()), each, layout))
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
  private static String hash(Storage dataset, Wanted wanted, Manifest.RecordLayout layout) {
    Storage file = Manifest.shard(dataset, wanted.split(), wanted.shard());
    MessageDigest digest = DigestUtils.getSha256Digest();
    try {
      long length = file.fileSystem().getFileStatus(file.path()).getLen();
      if (length != (long) wanted.examples() * layout.recordBytes()) {
        throw new UserException(
            "%s is %s than the manifest says; prepare the data set again, in another folder.",
            file, length < (long) wanted.examples() * layout.recordBytes() ? "shorter" : "longer");
      }
      try (InputStream in = file.open()) {
        DigestUtils.updateDigest(digest, in);
      }
    } catch (FileNotFoundException e) {
      throw new UserException(
          "%s is missing; prepare the data set again, in another folder.", file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
    return Manifest.hashLine(file, HexFormat.of().formatHex(digest.digest()));
  }

  private static UserException altered(Storage place) {
    return new UserException(
        "%s was altered after it was prepared; prepare the data set again, in another folder.",
        place);
  }
}
