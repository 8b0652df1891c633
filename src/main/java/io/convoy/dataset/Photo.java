package io.convoy.dataset;

import java.io.Serializable;

/**
 * A photo after decoding, or the reason why it is rejected.
 *
 * @param path below the images folder
 * @param label the class's index; -1 where rejected without a label
 * @param hash SHA-256 of the file's bytes, 64 hexadecimal digits
 * @param height rows of the upright original; 0 where rejected
 * @param width columns of the upright original; 0 where rejected
 * @param pixels uint8 [height, width, 3] of the example, RGB; null where rejected
 * @param reason why it is rejected; null where it is used
 * @param found what was found instead, for the rejected table
 */
record Photo(
    String path,
    int label,
    String hash,
    int height,
    int width,
    byte[] pixels,
    String reason,
    String found)
    implements Serializable {

  static Photo used(String path, int label, String hash, int height, int width, byte[] pixels) {
    return new Photo(path, label, hash, height, width, pixels, null, null);
  }

  static Photo rejected(String path, String reason, String found) {
    return new Photo(path, -1, null, 0, 0, null, reason, found);
  }

  boolean isUsed() {
    return reason == null;
  }
}
