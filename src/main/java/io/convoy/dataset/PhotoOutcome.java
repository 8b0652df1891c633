package io.convoy.dataset;

import java.io.Serializable;

/** What became of the file of a photo. */
sealed interface PhotoOutcome extends Serializable {

  /**
   * It is decoded.
   *
   * @param photo what the index tells of it
   * @param pixels uint8 [height, width, 3] of the example, RGB
   * @param ending whether its file is whole
   */
  record Used(LabelledPhoto photo, byte[] pixels, Ending ending) implements PhotoOutcome {}

  /** How the file of a photo ends. */
  enum Ending {
    WHOLE,
    /** All pixels are there, the end marker is not. */
    WITHOUT_MARKER
  }

  /**
   * It cannot be used.
   *
   * @param path below the images folder
   * @param reason why not
   * @param found what was found instead
   */
  record Rejected(String path, String reason, String found) implements PhotoOutcome {}
}
