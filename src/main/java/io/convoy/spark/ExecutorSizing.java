package io.convoy.spark;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A size of executors that a cluster has room for.
 *
 * @param count how many
 * @param cores of each
 * @param memory of each in MiB, heap and overhead
 */
record ExecutorSizing(int count, int cores, long memory) {
  /** The launchers' least, of which 40 % are heap. */
  static final long LEAST_MEMORY = 1200;

  /** Sizes are told in whole steps of this many MiB. */
  private static final long STEP = 256;

  /**
   * The size that is nearest to what was asked for: first the number of executors is kept, then the
   * cores of each, then their memory. An executor that is made smaller takes, with all of its
   * memory, no more than a machine says that it has, whatever the cluster counts of it.
   *
   * @return empty where nothing fits
   */
  static Optional<ExecutorSizing> fitting(ExecutorRequest asked, ClusterCapacity capacity) {
    int mostCores =
        capacity.nodes().stream().mapToInt(ClusterCapacity.Node::freeCores).max().orElse(0);
    int most = asked.cores() == 0 ? mostCores : Math.min(asked.cores(), mostCores);
    return countdown(asked.count())
        .boxed()
        .flatMap(
            count ->
                countdown(most)
                    .boxed()
                    .flatMap(cores -> largest(asked, capacity, count, cores).stream()))
        .findFirst();
  }

  private static IntStream countdown(int from) {
    return IntStream.iterate(from, number -> number >= 1, number -> number - 1);
  }

  private static Optional<ExecutorSizing> largest(
      ExecutorRequest asked, ClusterCapacity capacity, int count, int cores) {
    if (capacity.room(cores, capacity.counted(asked)) >= count) {
      return Optional.of(new ExecutorSizing(count, cores, asked.memory()));
    }
    return shares(capacity.nodes(), count)
        .filter(memory -> memory >= LEAST_MEMORY && memory < asked.memory())
        .filter(memory -> capacity.room(cores, memory) >= count)
        .max(Comparator.naturalOrder())
        .map(memory -> new ExecutorSizing(count, cores, memory));
  }

  /** What a machine's free memory gives to one executor, to two, and so on. */
  private static Stream<Long> shares(List<ClusterCapacity.Node> nodes, int count) {
    return nodes.stream()
        .flatMap(
            node -> LongStream.rangeClosed(1, count).mapToObj(parts -> node.freeMemory() / parts))
        .map(ExecutorSizing::rounded);
  }

  private static long rounded(long memory) {
    return memory < LEAST_MEMORY + STEP ? memory : memory / STEP * STEP;
  }

  boolean isAskedFor(ExecutorRequest asked) {
    return count == asked.count()
        && memory == asked.memory()
        && (cores == asked.cores() || asked.cores() == 0);
  }
}
