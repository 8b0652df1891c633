package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Writes photos as shards. Each photo becomes a record and gets its key where it lies; so its
 * pixels are shuffled once, into the order of the shards, and not to meet their keys. The key is
 * the number of the example in the whole data set: through the splits in their order, and in each
 * through its positions.
 */
final class ShardWriter {
  private final JavaSparkContext context;
  private final Storage dataset;
  private final Shard.RecordLayout layout;
  private final List<Contents> shards = new ArrayList<>();

  /**
   * @param context where the photos are
   * @param dataset where to
   * @param counts of each split
   * @param layout of the examples
   */
  ShardWriter(
      JavaSparkContext context,
      Storage dataset,
      Map<Split, SplitCounts> counts,
      Shard.RecordLayout layout) {
    this.context = context;
    this.dataset = dataset;
    this.layout = layout;
    int first = 0;
    for (Shard shard : Shard.all(counts::get)) {
      int examples = counts.get(shard.split()).examplesIn(shard.number());
      shards.add(new Contents(shard, first, examples));
      first += examples;
    }
  }

  /** A shard, the key of its first example, and how many it has. */
  private record Contents(Shard shard, int firstKey, int examples) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** One partition a shard. */
  private static final class ByShard extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int[] firstKeys;

    ByShard(List<Contents> shards) {
      firstKeys = shards.stream().mapToInt(Contents::firstKey).toArray();
    }

    @Override
    public int numPartitions() {
      return firstKeys.length;
    }

    @Override
    public int getPartition(Object key) {
      int found = Arrays.binarySearch(firstKeys, (Integer) key);
      return found >= 0 ? found : -found - 2;
    }
  }

  /**
   * Writes all shards.
   *
   * @param used the photos
   * @param partitions the same photos, in the same partitions
   * @param assigned the same photos by their split, in the order of their positions
   * @return for {@link Manifest#shardHashes}
   * @throws UserException if a photo has changed since it was assigned
   */
  List<String> write(
      JavaRDD<PhotoOutcome.Used> used,
      List<List<LabelledPhoto>> partitions,
      Map<Split, List<LabelledPhoto>> assigned) {
    List<HashMap<LabelledPhoto, Integer>> keys = keys(partitions, assigned);
    List<Contents> contents = List.copyOf(shards);
    Shard.RecordLayout records = layout;
    String folder = dataset.toString();
    var configuration = new SerializableConfiguration(context.hadoopConfiguration());
    return used.zipPartitions(
            context.parallelize(keys, keys.size()),
            (photos, of) -> keyed(photos, of.next(), records))
        .mapToPair(record -> record)
        .repartitionAndSortWithinPartitions(new ByShard(contents))
        .mapPartitionsWithIndex(
            (shard, examples) ->
                List.of(
                        write(
                            contents.get(shard),
                            examples,
                            Storage.at(folder, configuration.value())))
                    .iterator(),
            false)
        .collect();
  }

  private static List<HashMap<LabelledPhoto, Integer>> keys(
      List<List<LabelledPhoto>> partitions, Map<Split, List<LabelledPhoto>> assigned) {
    Map<LabelledPhoto, Integer> all = new HashMap<>();
    for (Split split : Split.values()) {
      assigned.getOrDefault(split, List.of()).forEach(photo -> all.put(photo, all.size()));
    }
    List<HashMap<LabelledPhoto, Integer>> keys = new ArrayList<>();
    for (List<LabelledPhoto> partition : partitions) {
      HashMap<LabelledPhoto, Integer> here = new HashMap<>();
      partition.stream().filter(all::containsKey).forEach(photo -> here.put(photo, all.get(photo)));
      keys.add(here);
    }
    return keys;
  }

  /** A photo that is left out, or that changed and was read again, has no key. */
  private static Iterator<Tuple2<Integer, byte[]>> keyed(
      Iterator<PhotoOutcome.Used> photos,
      Map<LabelledPhoto, Integer> keys,
      Shard.RecordLayout layout) {
    return DecodedPhotos.streamOf(photos)
        .filter(used -> keys.containsKey(used.photo()))
        .map(
            used ->
                new Tuple2<>(
                    keys.get(used.photo()), layout.record(used.photo().label(), used.pixels())))
        .iterator();
  }

  /** Writes one shard, and gives its line in the manifest. */
  private static String write(
      Contents contents, Iterator<Tuple2<Integer, byte[]>> examples, Storage dataset) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    contents
        .shard()
        .file(dataset)
        .write(
            out -> {
              OutputStream records = new DigestOutputStream(new BufferedOutputStream(out), digest);
              int written = 0;
              while (examples.hasNext()) {
                records.write(examples.next()._2);
                written++;
              }
              records.flush();
              requireAll(written, contents.examples());
            });
    return contents.shard().hashLine(HexFormat.of().formatHex(digest.digest()));
  }

  private static void requireAll(int written, int expected) {
    if (written != expected) {
      throw new UserException(
          "Photos were deleted or changed while they were prepared: %,d of %,d of a shard are left;"
              + " start again.",
          written, expected);
    }
  }
}
