package io.convoy.doctor;

import io.convoy.failure.Amount;
import java.util.OptionalInt;

/** Spark's cores against the processors. */
final class CoresCheck {
  private static final String OMP = "OMP_NUM_THREADS";

  private CoresCheck() {}

  /**
   * @param cores that Spark uses here; none on a driver that trains nothing
   * @param processors that Java sees
   * @param ompThreads the environment's OMP_NUM_THREADS; empty where it is not set
   */
  static CheckResult of(
      SparkProcess.Role role, OptionalInt cores, int processors, String ompThreads) {
    String found =
        (cores.isPresent() ? Amount.of(cores.getAsInt(), "core") + " of Spark, " : "")
            + Amount.of(processors, "processor")
            + (ompThreads.isEmpty() ? "" : ", " + OMP + "=" + ompThreads);
    if (cores.orElse(0) > processors) {
      return CheckResult.failed(
          found,
          "set " + role.cores() + " to at most " + processors + ", or give it more processors");
    }
    if (!ompThreads.isEmpty() && !isBetween(ompThreads, processors)) {
      return CheckResult.failed(
          found, "unset " + OMP + ", or set it to a number from 1 to " + processors);
    }
    return CheckResult.ok(found);
  }

  private static boolean isBetween(String threads, int most) {
    try {
      int number = Integer.parseInt(threads.strip());
      return number >= 1 && number <= most;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
