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
public record SplitCounts(int examples, List<Integer> perClass, int shards, int examplesPerShard) {}
