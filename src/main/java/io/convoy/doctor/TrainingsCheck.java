package io.convoy.doctor;

import static io.convoy.doctor.CheckResult.gibibytes;

import io.convoy.failure.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The trainings that the settings ask for, against the memory of the processes that they run in.
 *
 * @param groups that are trained one after the other, one or more
 * @param executors that trainings may run side by side on, at least 1
 * @param workersOfExecutor how many workers share an executor
 * @param sizes of the networks, one or more
 */
public record TrainingsCheck(
    List<Group> groups, int executors, int workersOfExecutor, List<Size> sizes) {
  /** Below it, gibibytes would be told as none. */
  private static final long SMALL = (1L << 30) / 10;

  /** Copies the lists. */
  public TrainingsCheck {
    groups = List.copyOf(groups);
    sizes = List.copyOf(sizes);
  }

  /**
   * Trainings of a command.
   *
   * @param command its name
   * @param what they are, a plural
   * @param count how many
   * @param atOnce side by side, at least 1
   * @param workers that train each, in words
   */
  public record Group(String command, String what, int count, int atOnce, String workers) {}

  /**
   * The memory beside the heap of a network in training, in bytes.
   *
   * @param architecture its name
   * @param onDriver for the network with its optimizer's state, and a copy for its files
   * @param onWorker for the arithmetic of a minibatch
   */
  public record Size(String architecture, long onDriver, long onWorker) {}

  /**
   * Checks them.
   *
   * @param memories of the driver, which comes first, and of the executors; of the driver alone
   *     where it trains itself
   */
  List<Finding> findings(List<Memory> memories) {
    Memory driver = memories.get(0);
    List<Finding> findings = new ArrayList<>();
    groups.forEach(each -> findings.add(new Finding(each.command(), each.what(), words(each), "")));
    int atOnce = groups.stream().mapToInt(Group::atOnce).max().orElseThrow();
    if (memories.size() == 1) {
      findings.add(
          memory(driver, atOnce, size -> size.onDriver() + workersOfExecutor * size.onWorker()));
      return findings;
    }
    findings.add(memory(driver, atOnce, Size::onDriver));
    memories.stream()
        .skip(1)
        .map(executor -> memory(executor, 1, size -> workersOfExecutor * size.onWorker()))
        .forEach(findings::add);
    return findings;
  }

  private String words(Group group) {
    String order =
        group.atOnce() == 1
            ? "one after the other"
            : "%d at once on %s".formatted(group.atOnce(), Amount.of(executors, "executor"));
    return String.format(Locale.ROOT, "%,d, %s, each by %s", group.count(), order, group.workers());
  }

  /** What the process may take, or JavaCPP lets it, if that is less. */
  private static long most(Memory process) {
    return process.physical() > 0 ? Math.min(process.limit(), process.physical()) : process.limit();
  }

  /** Against what the heap leaves: JavaCPP's other limit does not hold native arithmetic back. */
  private static Finding memory(Memory process, int atOnce, Size largest, long wanted) {
    long there = most(process) - process.heap();
    return new Finding(
        process.process().name(),
        "memory of trainings",
        "%s of %s beside the heap for %s, by %s"
            .formatted(
                wanted < SMALL ? "less than 0.1 GiB" : "up to " + gibibytes(wanted),
                gibibytes(there),
                atOnce == 1 ? "one" : Integer.toString(atOnce),
                largest.architecture()),
        wanted <= there ? "" : remedy(process, atOnce, largest, wanted - there));
  }

  private static String remedy(Memory process, int atOnce, Size largest, long missing) {
    SparkProcess.Role role = process.process().role();
    return "%slower %s, the batch of %s or the size of its images%s"
        .formatted(
            raise(process, missing),
            role.heap(),
            largest.architecture(),
            atOnce == 1 ? "" : ", or set train.parallel = averaging");
  }

  /** Where the limit is one that a user has set. */
  private static String raise(Memory process, long missing) {
    SparkProcess.Role role = process.process().role();
    if (most(process) == process.physical()) {
      return "raise -Dorg.bytedeco.javacpp.maxphysicalbytes in %s by %s, or "
          .formatted(role.javaOptions(), gibibytes(missing));
    }
    return most(process) == process.granted()
        ? "raise %s by %s, or ".formatted(role.overhead(), gibibytes(missing))
        : "";
  }

  private Finding memory(Memory process, int atOnce, ToLongFunction<Size> bytes) {
    Size largest = sizes.stream().max(Comparator.comparingLong(bytes)).orElseThrow();
    return memory(process, atOnce, largest, atOnce * bytes.applyAsLong(largest));
  }
}
