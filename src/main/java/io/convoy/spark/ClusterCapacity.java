package io.convoy.spark;

import io.convoy.failure.Amount;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a cluster has for executors now.
 *
 * @param kind what it counts of an executor's memory
 * @param nodes its machines that are alive
 * @param others how many other applications it runs
 */
record ClusterCapacity(Counted kind, List<Node> nodes, int others) {
  /** The launchers' least memory of an executor, in MiB, of which 40 % are heap. */
  static final long LEAST_MEMORY = 1200;

  /** Sizes are told in whole steps of this many MiB. */
  private static final long STEP = 256;

  /** What a cluster counts of an executor's memory. */
  enum Counted {
    /** The heap alone, as a standalone cluster does. */
    HEAP,

    /** All of it, as YARN does. */
    ALL
  }

  /**
   * A machine.
   *
   * @param cores of it that executors may have
   * @param freeCores those that no executor has
   * @param memory in MiB, for executors
   * @param freeMemory in MiB, that no executor has
   */
  record Node(int cores, int freeCores, long memory, long freeMemory) {
    /** How many executors it has room for. */
    long room(int executorCores, long executorMemory) {
      int each = executorCores == 0 ? Math.max(1, freeCores) : executorCores;
      return Math.min(freeCores / each, freeMemory / Math.max(1, executorMemory));
    }

    private String words() {
      String all = "%s and %,d MiB".formatted(Amount.of(cores, "core"), memory);
      return freeCores == cores && freeMemory == memory
          ? all
          : all + " (free: %s and %,d MiB)".formatted(Amount.of(freeCores, "core"), freeMemory);
    }
  }

  /**
   * A number and size of executors.
   *
   * @param count how many
   * @param cores of each
   * @param memory of each in MiB, heap and overhead
   */
  record Size(int count, int cores, long memory) {
    boolean isThatOf(ExecutorRequest asked) {
      return count == asked.count()
          && memory == asked.memory()
          && (cores == asked.cores() || asked.cores() == 0);
    }
  }

  /**
   * The size that there is room for and that is nearest to what was asked for: first the number of
   * executors is kept, then the cores of each, then their memory. An executor that is made smaller
   * takes, with all of its memory, no more than a machine says that it has, whatever the cluster
   * counts of it.
   *
   * @return empty where nothing fits
   */
  Optional<Size> fitting(ExecutorRequest asked) {
    int mostCores = nodes.stream().mapToInt(Node::freeCores).max().orElse(0);
    int most = asked.cores() == 0 ? mostCores : Math.min(asked.cores(), mostCores);
    return countdown(asked.count())
        .flatMap(count -> countdown(most).flatMap(cores -> largest(asked, count, cores).stream()))
        .findFirst();
  }

  private static Stream<Integer> countdown(int from) {
    return Stream.iterate(from, number -> number >= 1, number -> number - 1);
  }

  private Optional<Size> largest(ExecutorRequest asked, int count, int cores) {
    if (room(cores, counted(asked)) >= count) {
      return Optional.of(new Size(count, cores, asked.memory()));
    }
    return shares(count)
        .filter(memory -> memory >= LEAST_MEMORY && memory < asked.memory())
        .filter(memory -> room(cores, memory) >= count)
        .max(Comparator.naturalOrder())
        .map(memory -> new Size(count, cores, memory));
  }

  /** What a machine's free memory gives to one executor, to two, and so on. */
  private Stream<Long> shares(int count) {
    return nodes.stream()
        .flatMap(node -> LongStream.rangeClosed(1, count).mapToObj(n -> node.freeMemory() / n))
        .map(memory -> memory < LEAST_MEMORY + STEP ? memory : memory / STEP * STEP);
  }

  /** How many executors there is room for. */
  private long room(int cores, long countedMemory) {
    return nodes.stream().mapToLong(node -> node.room(cores, countedMemory)).sum();
  }

  /** As it is without this application's executors, as far as that can be told. */
  ClusterCapacity withoutOurs() {
    return others > 0
        ? this
        : new ClusterCapacity(
            kind,
            nodes.stream()
                .map(node -> new Node(node.cores, node.cores, node.memory, node.memory))
                .toList(),
            0);
  }

  /** Whether others have a part of it. */
  boolean isTaken() {
    return nodes.stream().anyMatch(node -> node.freeCores < node.cores);
  }

  /** What of an executor's memory is counted, in MiB. */
  private long counted(ExecutorRequest request) {
    return switch (kind) {
      case HEAP -> request.heap();
      case ALL -> request.memory();
    };
  }

  /** In words, machines of the same size together. */
  @Override
  public String toString() {
    if (nodes.isEmpty()) {
      return "no worker is alive";
    }
    Map<String, Long> alike =
        nodes.stream()
            .collect(Collectors.groupingBy(Node::words, TreeMap::new, Collectors.counting()));
    String workers =
        alike.entrySet().stream()
            .map(each -> Amount.of(each.getValue(), "worker") + " of " + each.getKey())
            .collect(Collectors.joining(", "));
    String counted =
        switch (kind) {
          case HEAP -> ", which counts the heap alone";
          case ALL -> "";
        };
    return String.format(
        Locale.ROOT,
        "%s%s%s",
        workers,
        counted,
        others == 0 ? "" : "; it runs " + Amount.of(others, "other application"));
  }
}
