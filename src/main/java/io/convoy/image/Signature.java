package io.convoy.image;

/** Compares bytes of a file with a known value. */
final class Signature {
  private Signature() {}

  static boolean at(byte[] bytes, int offset, int... signature) {
    if (bytes.length < offset + signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((bytes[offset + i] & 0xFF) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  static boolean at(byte[] bytes, int offset, String ascii) {
    return at(bytes, offset, ascii.chars().toArray());
  }
}
