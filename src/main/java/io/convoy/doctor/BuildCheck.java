package io.convoy.doctor;

/** Whether the same build of convoy runs in all processes. */
final class BuildCheck {
  private static final int SHOWN = 12;

  private BuildCheck() {}

  /**
   * A build in words.
   *
   * @param commit 40 hexadecimal digits, or {@code unknown}
   */
  static String words(String version, String commit) {
    return version + " of commit " + commit.substring(0, Math.min(SHOWN, commit.length()));
  }

  /**
   * @param here the build in words
   * @param driver the driver's
   */
  static CheckResult of(String here, String driver) {
    return here.equals(driver)
        ? CheckResult.ok(here)
        : CheckResult.failed(
            here + ", the driver has " + driver,
            "remove the other convoy.jar from spark.executor.extraClassPath, spark.jars or Spark's"
                + " jars folder");
  }
}
