package io.convoy.doctor;

import java.util.ArrayList;
import java.util.List;

/** The checks of one place, one after the other; one that throws fails, and the rest go on. */
final class CheckRunner {
  private final String place;
  private final List<Finding> findings = new ArrayList<>();

  CheckRunner(String place) {
    this.place = place;
  }

  /** A check that may throw. */
  @FunctionalInterface
  interface Check {
    CheckResult run() throws Exception;
  }

  /**
   * Runs a check.
   *
   * @param remedy where it throws
   */
  CheckRunner check(String name, String remedy, Check check) {
    CheckResult result;
    try {
      result = check.run();
    } catch (Exception | LinkageError e) {
      // LinkageError: a native library that is missing, or not of this machine.
      result = CheckResult.failed(CheckResult.reason(e), remedy);
    }
    findings.add(new Finding(place, name, result.found(), result.remedy()));
    return this;
  }

  /** In the order of the checks. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
