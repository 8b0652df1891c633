package io.convoy.dataset;

import io.convoy.storage.Storage;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes photos as shards. Each photo gets its key, split and position, where it lies; so its
 * pixels are shuffled once, into the order of the shards, and not to meet their keys.
 */
final class Shards {
  private final JavaSparkContext context;
  private final Storage dataset;
  private final ShardPartitioner partitioner;

  /**
   * @param context where the photos are
   * @param dataset where to
   * @param counts of each split
   */
  Shards(JavaSparkContext context, Storage dataset, Map<Split, SplitCounts> counts) {
    this.context = context;
    this.dataset = dataset;
    this.partitioner = new ShardPartitioner(counts);
  }

  /**
   * Writes all shards.
   *
   * @param used the photos
   * @param keys for each partition of them
   * @return for {@link Manifest#shardHashes}
   */
  List<String> write(JavaRDD<Photo.Used> used, List<ShardKeys> keys) {
    var configuration = new SerializableConfiguration(context.hadoopConfiguration());
    return used.zipPartitions(
            context.parallelize(keys, keys.size()), (photos, k) -> k.next().of(photos))
        .mapToPair(photo -> photo)
        .repartitionAndSortWithinPartitions(partitioner)
        .mapPartitions(new ShardWriter(dataset.toString(), partitioner, configuration))
        .collect();
  }
}
