package io.convoy.settings;

import java.util.List;
import java.util.Optional;

/** Reads the key {@code base} of an architecture's block, which may be left out. */
final class BaseReader {
  /** The key. */
  static final String KEY = "base";

  private static final String MODEL = "model";
  private static final String KEEP = "keep";
  private static final String FREEZE = "freeze";

  private BaseReader() {}

  static Base read(Section block) {
    Optional<Entry> base = RecipeReader.present(block, KEY);
    return base.isEmpty() ? new Base.None() : saved(base.get().section(base.get().name() + "."));
  }

  private static Base saved(Section base) {
    base.allow(List.of(MODEL, KEEP, FREEZE));
    Entry model = base.entry(MODEL);
    return new Base.Saved(
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
        .orElse(Base.ALL);
  }
}
