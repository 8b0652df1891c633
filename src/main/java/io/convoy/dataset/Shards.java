package io.convoy.dataset;

import io.convoy.storage.Storage;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Writes photos as shards. Each photo gets its key, split and position, where it lies; so its
 * pixels are shuffled once, into the order of the shards, and not to meet their keys.
 */
final class Shards {
  private final Storage dataset;
  private final ShardPartitioner partitioner;
  private final SerializableConfiguration configuration;

  /**
   * @param dataset where to
   * @param counts of each split
   * @param configuration Hadoop's, for the executors
   */
  Shards(Storage dataset, Map<Split, SplitCounts> counts, SerializableConfiguration configuration) {
    this.dataset = dataset;
    this.partitioner = new ShardPartitioner(counts);
    this.configuration = configuration;
  }

  /**
   * Writes all shards.
   *
   * @param used the photos
   * @param assigned partition, path, split and position of each
   * @return the hash of the shards' names and bytes
   */
  String write(JavaRDD<Photo> used, Dataset<Row> assigned) {
    JavaPairRDD<Integer, Tuple2<String, Long>> keys =
        keys(assigned).partitionBy(new PartitionOfPhoto(used.getNumPartitions()));
    List<String> hashes =
        used.zipPartitions(keys, Shards::joined)
            .mapToPair(photo -> photo)
            .repartitionAndSortWithinPartitions(partitioner)
            .mapPartitions(new ShardWriter(dataset.toString(), partitioner, configuration))
            .collect();
    return DigestUtils.sha256Hex(String.join("\n", hashes));
  }

  private static JavaPairRDD<Integer, Tuple2<String, Long>> keys(Dataset<Row> assigned) {
    return assigned
        .select("partition", "path", "split", "position", "hash")
        .javaRDD()
        .mapToPair(
            row -> {
              long key = ShardPartitioner.key(Split.of(row.getString(2)), row.getInt(3));
              return new Tuple2<>(
                  row.getInt(0), new Tuple2<>(identity(row.getString(1), row.getString(4)), key));
            });
  }

  /** A photo that was read again after its executor was lost may have changed meanwhile. */
  private static String identity(String path, String hash) {
    return hash + ' ' + path;
  }

  private static Iterator<Tuple2<Long, Photo>> joined(
      Iterator<Photo> photos, Iterator<Tuple2<Integer, Tuple2<String, Long>>> keys) {
    Map<String, Long> byIdentity = new HashMap<>();
    keys.forEachRemaining(key -> byIdentity.put(key._2._1, key._2._2));
    return DecodedPhotos.streamOf(photos)
        .filter(photo -> byIdentity.containsKey(identity(photo.path(), photo.hash())))
        .map(photo -> new Tuple2<>(byIdentity.get(identity(photo.path(), photo.hash())), photo))
        .iterator();
  }

  /** Sends a key to the partition in which its photo is. */
  private static final class PartitionOfPhoto extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int partitions;

    PartitionOfPhoto(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object partition) {
      return (Integer) partition;
    }
  }
}
