package io.convoy.settings;

/** Where an image's class is read from. */
public enum LabelRule {
  /** From the start of the file's name, as in {@code cat.17.jpg}. */
  FILE_NAME,
  /** From the folder that the file lies in, as in {@code cats/17.jpg}. */
  FOLDER,
  /** From the file's name where that names a class, else from the folder. */
  FILE_NAME_OR_FOLDER
}
