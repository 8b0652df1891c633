package io.convoy.train;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipInputStream;

/** An entry of a model's file that describes it: no such entry is large. */
final class SmallEntry {
  private static final int MOST_BYTES = 16 << 20;

  private SmallEntry() {}

  /**
   * Reads the entry at which the zip stands.
   *
   * @throws IOException also when it is larger than a description can be
   */
  static byte[] read(ZipInputStream zip, String name) throws IOException {
    byte[] bytes = zip.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("its %s is larger than %d MB".formatted(name, MOST_BYTES >> 20));
    }
    return bytes;
  }

  /** Why a model's file cannot be read, in a line: Java has no words for one that is cut short. */
  static String reason(Exception e) {
    return e instanceof EOFException
        ? "it is cut short"
        : String.valueOf(e.getMessage()).lines().findFirst().orElse("it is damaged");
  }
}
