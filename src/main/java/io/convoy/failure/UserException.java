package io.convoy.failure;

import java.util.Locale;

/**
 * A mistake that the user can mend. The program prints it as one line, without a stack trace, and
 * ends with exit code 2; the library throws it.
 *
 * <p>The message says what is wrong, where (path, key, row) and what to do. Everything else that is
 * thrown is a bug of convoy's.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param format what is wrong, where, and what to do, in the syntax of {@link String#format}
   * @param arguments the format's arguments
   */
  public UserException(String format, Object... arguments) {
    super(Printable.of(String.format(Locale.ROOT, format, arguments)));
  }
}
