package io.convoy.ingest;

import java.util.HexFormat;
import java.util.Locale;

/** A file of which no photo can be made; the message is the reason, for the rejected table. */
public final class RejectedFileException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_BYTES = 8;

  private final String found;

  /**
   * @param reason why not, short enough for a table row
   * @param found what was found instead
   */
  RejectedFileException(String reason, String found) {
    super(reason);
    this.found = found;
  }

  /** Rejects a file whose bytes are read, and are shown by their beginning. */
  public static RejectedFileException of(String reason, byte[] file) {
    return new RejectedFileException(reason, found(file));
  }

  private static String found(byte[] file) {
    if (file.length == 0) {
      return "0 bytes";
    }
    String start =
        HexFormat.ofDelimiter(" ")
            .withUpperCase()
            .formatHex(file, 0, Math.min(SHOWN_BYTES, file.length));
    return String.format(Locale.ROOT, "%d bytes that begin with %s", file.length, start);
  }

  /** What was found instead, for the rejected table. */
  public String found() {
    return found;
  }
}
