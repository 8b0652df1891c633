package io.convoy.spark;

import io.convoy.failure.Amount;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a cluster has for executors now.
 *
 * @param kind what it counts of an executor's memory
 * @param nodes its machines that are alive
 * @param others how many other applications it runs
 */
record ClusterCapacity(Counted kind, List<Node> nodes, int others) {

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

  /** How many executors there is room for. */
  long room(int cores, long countedMemory) {
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
  long counted(ExecutorRequest request) {
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
