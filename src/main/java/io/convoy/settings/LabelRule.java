package io.convoy.settings;

/** Where an image's class is read from. */
public enum LabelRule {
  /** From the start of the file's name, as in {@code cat.17.jpg}. */
  FILE_NAME,
  /** From the folder that the file lies in, as in {@code cats/17.jpg}. */
  FOLDER,
  /**
   * From whichever of the file's name and its folder names a class; a photo of which they name two
   * is rejected.
   */
  FILE_NAME_OR_FOLDER
}
