package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a network begins with, before its own layers. */
public sealed interface Base extends Serializable {
  /** As many layers as can be kept, or of those frozen. */
  String ALL = "all";

  /** The key of its block. */
  String KEY = "base";

  /** What it begins with, if that is a saved network. */
  Optional<Saved> saved();

  /** Reads the key {@code base} of an architecture's block, which may be left out. */
  static Base read(Section block) {
    Optional<Entry> base = block.present(KEY);
    return base.isEmpty() ? new None() : Saved.of(base.get().section(base.get().name() + "."));
  }

  /** Nothing: all of its layers are new. */
  record None() implements Base {
    @Override
    public Optional<Saved> saved() {
      return Optional.empty();
    }
  }

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
    private static final String MODEL = "model";
    private static final String KEEP = "keep";
    private static final String FREEZE = "freeze";

    /** Refuses nulls. */
    public Saved {
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(keep, "keep");
      Objects.requireNonNull(freeze, "freeze");
    }

    @Override
    public Optional<Saved> saved() {
      return Optional.of(this);
    }

    private static Base of(Section base) {
      base.allow(List.of(MODEL, KEEP, FREEZE));
      Entry model = base.entry(MODEL);
      return new Saved(
          model
              .text()
              .filter(place -> !place.isBlank())
              .orElseThrow(() -> model.mustBe("the file of a model, in quotes")),
          layer(base, KEEP),
          layer(base, FREEZE));
    }

    private static String layer(Section base, String key) {
      return base.optional(key)
          .map(
              entry ->
                  entry
                      .text()
                      .orElseThrow(
                          () -> entry.mustBe("all, a layer's number, or in a graph its name")))
          .orElse(ALL);
    }

    /** Its block, without the braces. */
    String hocon() {
      return "model = %s, keep = %s, freeze = %s"
          .formatted(
              ConfigUtil.quoteString(model),
              ConfigUtil.quoteString(keep),
              ConfigUtil.quoteString(freeze));
    }
  }
}
