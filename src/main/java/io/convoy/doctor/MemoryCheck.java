package io.convoy.doctor;

import static io.convoy.doctor.CheckResult.gibibytes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Heap and native memory against what there is. */
final class MemoryCheck {
  private MemoryCheck() {}

  /** Checks the memory of one virtual machine. */
  static CheckResult of(Memory memory) {
    SparkProcess.Role role = memory.process().role();
    String found =
        "heap %s + native %s of %s %s"
            .formatted(
                gibibytes(memory.heap()),
                memory.nativeMemory() == 0 ? "without limit" : gibibytes(memory.nativeMemory()),
                source(memory),
                gibibytes(memory.limit()));
    if (memory.most() > memory.limit()) {
      String more =
          memory.limit() == memory.granted()
              ? "raise %s by %s, or "
                  .formatted(role.overhead(), gibibytes(memory.most() - memory.limit()))
              : "";
      return CheckResult.failed(
          found, more + "lower " + role.heap() + ", or " + role.nativeMemory());
    }
    if (memory.physical() > 0 && memory.physical() < memory.most()) {
      return CheckResult.failed(
          found + "; javacpp.maxphysicalbytes " + gibibytes(memory.physical()) + " is less",
          "set -Dorg.bytedeco.javacpp.maxphysicalbytes to 0 or the sum, in " + role.javaOptions());
    }
    return CheckResult.ok(found);
  }

  private static String source(Memory memory) {
    if (memory.limit() == memory.granted()) {
      return "the cluster's grant of";
    }
    return memory.limit() == memory.containerLimit() ? "the container's" : "the machine's";
  }

  /**
   * Checks the memory of processes that share a machine or a container.
   *
   * @return a row for each machine and container that more than one process is on
   */
  static List<Finding> together(List<Memory> memories) {
    List<Finding> findings = new ArrayList<>();
    group(memories, Memory::machine)
        .forEach(group -> findings.add(together(group, "machine", group.get(0).machineMemory())));
    group(memories, Memory::container).stream()
        .filter(group -> group.get(0).containerLimit() < group.get(0).machineMemory())
        .forEach(
            group -> findings.add(together(group, "container", group.get(0).containerLimit())));
    return findings;
  }

  private static List<List<Memory>> group(List<Memory> memories, Function<Memory, String> shared) {
    Map<String, List<Memory>> groups =
        memories.stream()
            .collect(Collectors.groupingBy(shared, LinkedHashMap::new, Collectors.toList()));
    return groups.values().stream().filter(group -> group.size() > 1).toList();
  }

  private static Finding together(List<Memory> group, String what, long limit) {
    long most = group.stream().mapToLong(Memory::most).sum();
    SparkProcess first = group.get(0).process();
    String found =
        "%d processes on one %s, %s of %s"
            .formatted(group.size(), what, gibibytes(most), gibibytes(limit));
    return new Finding(
        "%s and %d more".formatted(first.name(), group.size() - 1),
        "memory together",
        found,
        most <= limit
            ? ""
            : "lower --executor-memory or org.bytedeco.javacpp.maxbytes of"
                + " spark.executor.extraJavaOptions, or have fewer executors on a machine");
  }
}
