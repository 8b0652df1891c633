package io.convoy;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs of the machine that tests want beside Java. */
public final class Tools {
  private Tools() {}

  /**
   * The program. Where it is missing the test is skipped, which is said on standard error; it fails
   * where the environment variable {@code CI} is set.
   *
   * @param name on the PATH
   */
  public static Path require(String name) {
    Optional<Path> found = find(name);
    if (found.isEmpty()) {
      String missing = "There is no " + name + " on the PATH; .ci/run says what to install.";
      if (System.getenv("CI") != null) {
        fail(missing);
      }
      System.err.println("SKIPPED, and not tested: " + missing);
      abort(missing);
    }
    return found.orElseThrow();
  }

  private static Optional<Path> find(String name) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
