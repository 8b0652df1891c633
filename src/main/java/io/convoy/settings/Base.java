package io.convoy.settings;

import java.io.Serializable;
import java.util.Objects;

/** What a network begins with, before its own layers. */
public sealed interface Base extends Serializable {
  /** As many layers as can be kept, or of those frozen. */
  String ALL = "all";

  /** Nothing: all of its layers are new. */
  record None() implements Base {}

  /**
   * The first layers of a saved network. A layer is named by its number, from 1, or in a DL4J graph
   * by its name.
   *
   * @param model the file, or the folder of an architecture's models
   * @param keep the last layer that is kept; {@link #ALL} but the output layer
   * @param freeze the last layer that training leaves alone, with those that it reads; {@code 0}
   *     for none, {@link #ALL} that are kept
   */
  record Saved(String model, String keep, String freeze) implements Base {

    /** Refuses nulls. */
    public Saved {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(keep, "keep");
      Objects.requireNonNull(freeze, "freeze");
    }
  }
}
