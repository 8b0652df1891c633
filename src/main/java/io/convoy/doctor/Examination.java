package io.convoy.doctor;

import java.util.ArrayList;
import java.util.List;

/** The checks of one place, one after the other; one that throws fails, and the rest go on. */
final class Examination {
  private final String place;
  private final List<Finding> findings = new ArrayList<>();

  Examination(String place) {
    this.place = place;
  }

  /** A check that may throw. */
  @FunctionalInterface
  interface Check {
    Verdict run() throws Exception;
  }

  /**
   * Runs a check.
   *
   * @param remedy where it throws
   */
  Examination check(String name, String remedy, Check check) {
    Verdict verdict;
    try {
      verdict = check.run();
    } catch (Exception | LinkageError e) {
      // LinkageError: a native library that is missing, or not of this machine.
      verdict = Verdict.failed(Verdict.reason(e), remedy);
    }
    findings.add(new Finding(place, name, verdict.found(), verdict.remedy()));
    return this;
  }

  /** In the order of the checks. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
