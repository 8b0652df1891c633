package io.convoy.dataset;

import java.io.Serializable;

/** What became of the file of a photo. */
sealed interface Photo extends Serializable {

  /**
   * It is decoded.
   *
   * @param indexed what the index tells of it
   * @param pixels uint8 [height, width, 3] of the example, RGB
   */
  record Used(IndexedPhoto indexed, byte[] pixels) implements Photo {}

  /**
   * It cannot be used.
   *
   * @param path below the images folder
   * @param reason why not
   * @param found what was found instead
   */
  record Rejected(String path, String reason, String found) implements Photo {}
}
