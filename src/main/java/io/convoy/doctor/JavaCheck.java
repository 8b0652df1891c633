package io.convoy.doctor;

/** The version of Java: 17 everywhere, as Spark 3.5 knows no newer one and convoy no older. */
final class JavaCheck {
  private static final int WANTED = 17;

  private JavaCheck() {}

  /**
   * @param major version here
   * @param driver the driver's
   * @param description of the virtual machine
   */
  static CheckResult of(int major, int driver, String description) {
    if (major != driver) {
      return CheckResult.failed(
          description + ", the driver has " + driver,
          "give all machines the same Java, "
              + WANTED
              + ": spark.executorEnv.JAVA_HOME, JAVA_HOME of the driver");
    }
    if (major != WANTED) {
      return CheckResult.failed(description, "set JAVA_HOME to a JDK " + WANTED);
    }
    return CheckResult.ok(description);
  }
}
