package io.convoy.doctor;

import java.nio.file.FileSystemException;
import java.util.Locale;

/**
 * What a check says.
 *
 * @param found in a few words
 * @param remedy what to do; empty where nothing is wrong
 */
record CheckResult(String found, String remedy) {
  private static final double GIBIBYTE = 1L << 30;

  static CheckResult ok(String found) {
    return new CheckResult(found, "");
  }

  /**
   * @param remedy names the setting to change
   */
  static CheckResult failed(String found, String remedy) {
    return new CheckResult(found, remedy);
  }

  /** A number of bytes in the words of all checks, as in {@code 1.5 GiB}. */
  static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
  }

  /** The shortest that says why: the first line of a message, or the type where there is none. */
  static String reason(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("").strip();
    String type = thrown.getClass().getSimpleName();
    if (message.isEmpty() || "null".equals(message)) {
      return type;
    }
    // Alone, the message of these is the name of a class or a file.
    return thrown instanceof LinkageError
            || thrown instanceof ClassNotFoundException
            || thrown instanceof FileSystemException
        ? type + ": " + message
        : message;
  }
}
