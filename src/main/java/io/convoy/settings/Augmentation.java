package io.convoy.settings;

import java.io.Serializable;

/** What is done to training images at random, each time anew. */
public record Augmentation() implements Serializable {
  /** Images stay as they are. */
  public static final Augmentation NONE = new Augmentation();
}
