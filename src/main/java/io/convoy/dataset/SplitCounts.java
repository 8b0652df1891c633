package io.convoy.dataset;

import java.util.List;

/**
 * The examples of a split.
 *
 * @param examples how many there are
 * @param perClass how many of each class, by label
 * @param shards in how many files they lie
 * @param examplesPerShard examples in each file but the last, which may have fewer
 */
public record SplitCounts(int examples, List<Integer> perClass, int shards, int examplesPerShard) {

  /**
   * Spreads examples over as few files as the limit allows, as evenly as can be.
   *
   * @param perClass how many of each class, by label
   * @param recordBytes bytes of an example
   * @param shardBytes at most this many bytes a file; one example may be larger
   */
  static SplitCounts of(List<Integer> perClass, int recordBytes, long shardBytes) {
    int examples = perClass.stream().mapToInt(Integer::intValue).reduce(0, Math::addExact);
    long most = Math.max(1, shardBytes / recordBytes);
    int shards = Math.toIntExact((examples + most - 1) / most);
    int examplesPerShard = shards == 0 ? 1 : (int) (((long) examples + shards - 1) / shards);
    return new SplitCounts(examples, perClass, shards, examplesPerShard);
  }

  /** How many examples are in the shard of that number, from 0. */
  int examplesIn(int shard) {
    return Math.min(examplesPerShard, examples - shard * examplesPerShard);
  }

  /** Whether the numbers agree, as those of a data set do. */
  boolean holdsTogether(int classes) {
    return perClass != null
        && perClass.size() == classes
        && perClass.stream().allMatch(count -> count != null && count >= 0)
        && perClass.stream().mapToLong(Integer::longValue).sum() == examples
        && examplesPerShard >= 1
        && examplesPerShard <= Math.max(1, examples)
        && shards == ((long) examples + examplesPerShard - 1) / examplesPerShard;
  }
}
