package io.convoy.labels;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Gives images their labels by their paths below the images folder, with {@code /} between their
 * parts.
 */
public interface Labeler extends Serializable {
  /** The classes, in the order of their labels. */
  List<String> classes();

  /** The label of an image, the class's index; empty where it has none. */
  OptionalInt label(String path);

  /** Why {@link #label} is empty for this path, for the reader of the rejected table. */
  String whyNone(String path);

  /** Which two labels an image has, where it has no label for that reason. */
  Optional<String> twoLabels(String path);

  /**
   * Where the label of an image comes from, or should: a folder, with a slash at its end, or the
   * beginning of names, with a star.
   */
  String group(String path);

  /** All that the labels depend on: equal for labelers that give the same ones. */
  String key();
}
