package io.convoy.image;

import java.util.Locale;

/** A file that gives no photo. The message is the reason, short enough for a table row. */
public final class UnusableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableImageException(String format, Object... arguments) {
    super(String.format(Locale.ROOT, format, arguments));
  }

  UnusableImageException(Throwable cause, String format, Object... arguments) {
    super(String.format(Locale.ROOT, format, arguments), cause);
  }
}
