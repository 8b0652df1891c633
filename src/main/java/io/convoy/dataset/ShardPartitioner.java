package io.convoy.dataset;

import java.util.Map;
import org.apache.spark.Partitioner;

/**
 * One partition a shard: the training shards first, then validation, then test. Keys are split and
 * position in one long that sorts by split, then position.
 */
final class ShardPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;
  private static final int POSITION_BITS = 40;

  private final int[] firstPartition = new int[Split.values().length];
  private final int[] examplesPerShard = new int[Split.values().length];
  private final int[] examples = new int[Split.values().length];
  private final int partitions;

  ShardPartitioner(Map<Split, SplitCounts> counts) {
    int next = 0;
    for (Split split : Split.values()) {
      firstPartition[split.ordinal()] = next;
      examplesPerShard[split.ordinal()] = counts.get(split).examplesPerShard();
      examples[split.ordinal()] = counts.get(split).examples();
      next += counts.get(split).shards();
    }
    partitions = next;
  }

  static long key(Split split, long position) {
    return (long) split.ordinal() << POSITION_BITS | position;
  }

  static Split split(long key) {
    return Split.values()[(int) (key >> POSITION_BITS)];
  }

  /** The shard of its split that the example lies in. */
  int shard(long key) {
    long position = key & (1L << POSITION_BITS) - 1;
    return (int) (position / examplesPerShard[split(key).ordinal()]);
  }

  /** How many examples the shard of that example has. */
  int examples(long key) {
    int split = split(key).ordinal();
    int before = shard(key) * examplesPerShard[split];
    return Math.min(examplesPerShard[split], examples[split] - before);
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return firstPartition[split((Long) key).ordinal()] + shard((Long) key);
  }
}
