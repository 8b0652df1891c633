package io.convoy.image;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Names a file that cannot be decoded, so that a table of refused files explains itself. */
final class UnsupportedFormat {
  private record Known(int offset, String start, String reason) {}

  private static final List<Known> KNOWN =
      List.of(
          unsupported(0, "gif8", "GIF"),
          unsupported(8, "cr\2", "Canon raw photo (CR2)"),
          unsupported(0, "ii*\0", "TIFF (or a raw photo in one)"),
          unsupported(0, "mm\0*", "TIFF (or a raw photo in one)"),
          unsupported(0, "ii+\0", "BigTIFF"),
          unsupported(0, "mm\0+", "BigTIFF"),
          unsupported(0, "iiu\0", "Panasonic raw photo (RW2)"),
          unsupported(0, "iir", "Olympus raw photo (ORF)"),
          unsupported(0, "fujifilmccd-raw", "Fujifilm raw photo (RAF)"),
          unsupported(4, "ftypavif", "AVIF"),
          unsupported(4, "ftypavis", "AVIF"),
          unsupported(4, "ftypheic", "HEIC"),
          unsupported(4, "ftypheix", "HEIC"),
          unsupported(4, "ftyphevc", "HEIC"),
          unsupported(4, "ftyphevx", "HEIC"),
          unsupported(4, "ftypheim", "HEIC"),
          unsupported(4, "ftypheis", "HEIC"),
          unsupported(4, "ftypmif1", "HEIF (HEIC or AVIF)"),
          unsupported(4, "ftypmsf1", "HEIF (HEIC or AVIF)"),
          unsupported(4, "ftypcrx", "Canon raw photo (CR3)"),
          unsupported(4, "ftyp", "video (MP4 or QuickTime)"),
          unsupported(4, "moov", "video (QuickTime)"),
          unsupported(4, "mdat", "video (QuickTime)"),
          unsupported(0, "\u001a\u0045\u00df\u00a3", "video (Matroska or WebM)"),
          unsupported(8, "avi ", "video (AVI)"),
          unsupported(0, "\0\0\0\fjp  ", "JPEG 2000"),
          unsupported(0, "\u00ffo\u00ffq", "JPEG 2000"),
          unsupported(0, "\0\0\0\fjxl ", "JPEG XL"),
          unsupported(0, "\u00ff\n", "JPEG XL"),
          unsupported(0, "ii\u00bc", "JPEG XR"),
          unsupported(0, "8bps", "Photoshop (PSD)"),
          unsupported(0, "gimp xcf", "GIMP (XCF)"),
          unsupported(0, "\0\0\1\0", "icon (ICO)"),
          unsupported(0, "dds ", "DDS"),
          unsupported(0, "qoif", "QOI"),
          unsupported(0, "v/1\1", "OpenEXR"),
          unsupported(0, "#?radiance", "Radiance HDR"),
          unsupported(0, "\0\5\26\7", "macOS resource file (AppleDouble)"),
          unsupported(0, "%pdf", "PDF"),
          unsupported(0, "%!ps", "PostScript"),
          unsupported(0, "pk\3\4", "ZIP"),
          unsupported(0, "\u001f\u008b", "gzip"),
          unsupported(0, "rar!", "RAR"),
          unsupported(0, "7z\u00bc\u00af", "7z"),
          new Known(
              0,
              "version https://git-lfs",
              "a Git LFS pointer instead of the photo: fetch it with git lfs pull"),
          new Known(0, "<!doctype html", "not an image: starts with HTML"),
          new Known(0, "<html", "not an image: starts with HTML"),
          unsupported(0, "<svg", "SVG"),
          new Known(0, "<?xml", "not an image: starts with XML"),
          new Known(0, "\0\0\0\0\0\0\0\0\0\0\0\0", "not an image: starts with zeros alone"));

  private static final List<String> NETPBM = List.of("p1", "p2", "p3", "p4", "p5", "p6", "p7");

  /** UTF-8's, as lower-case Latin-1. */
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF".toLowerCase(Locale.ROOT);

  private static final int SHOWN_BYTES = 4;

  private UnsupportedFormat() {}

  private static Known unsupported(int offset, String start, String name) {
    return new Known(offset, latin(start), name + ", which is not supported");
  }

  /** Writes text as the file's bytes are compared. */
  private static String latin(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /**
   * @param start the first bytes of the file, none if it is empty
   */
  static String describe(byte[] start) {
    if (start.length == 0) {
      return "empty file";
    }
    String text = latin(new String(start, StandardCharsets.ISO_8859_1));
    String markup = text.replace(BYTE_ORDER_MARK, "").stripLeading();
    if (markup.startsWith("<?xml") && markup.contains("<svg")) {
      return "SVG, which is not supported";
    }
    for (Known known : KNOWN) {
      if (text.startsWith(known.start(), known.offset())
          || markup.startsWith(known.start(), known.offset())) {
        return known.reason();
      }
    }
    if (NETPBM.stream().anyMatch(magic -> text.startsWith(magic) && isBlankAt(text, 2))) {
      return "Netpbm (PBM, PGM, PPM), which is not supported";
    }
    int shown = Math.min(SHOWN_BYTES, start.length);
    return "not an image: starts with bytes "
        + HexFormat.ofDelimiter(" ").formatHex(start, 0, shown);
  }

  private static boolean isBlankAt(String text, int position) {
    return text.length() > position && Character.isWhitespace(text.charAt(position));
  }
}
