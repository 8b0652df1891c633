package io.convoy.image;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Names a file that cannot be decoded, so that a table of refused files explains itself. */
final class Stranger {
  private record Known(int offset, String start, String reason) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known(0, "gif8", "GIF, which is not supported"),
          new Known(0, "ii*\0", "TIFF, which is not supported"),
          new Known(0, "mm\0*", "TIFF, which is not supported"),
          new Known(4, "ftyp", "HEIC, AVIF or video, which are not supported"),
          new Known(0, "<!doctype html", "not an image: starts with HTML"),
          new Known(0, "<html", "not an image: starts with HTML"),
          new Known(0, "<svg", "SVG, which is not supported"),
          new Known(0, "<?xml", "not an image: starts with XML"));

  /** UTF-8's, as lower-case Latin-1. */
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF".toLowerCase(Locale.ROOT);

  private static final int SHOWN_BYTES = 4;

  private Stranger() {}

  /**
   * @param start the first bytes of the file, none if it is empty
   */
  static String describe(byte[] start) {
    if (start.length == 0) {
      return "empty file";
    }
    String text = new String(start, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    String markup = text.replace(BYTE_ORDER_MARK, "").stripLeading();
    for (Known known : KNOWN) {
      if (text.startsWith(known.start(), known.offset())
          || markup.startsWith(known.start(), known.offset())) {
        return known.reason();
      }
    }
    int shown = Math.min(SHOWN_BYTES, start.length);
    return "not an image: starts with bytes "
        + HexFormat.ofDelimiter(" ").formatHex(start, 0, shown);
  }
}
