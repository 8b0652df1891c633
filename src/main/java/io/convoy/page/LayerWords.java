package io.convoy.page;

import io.convoy.settings.Architecture;
import java.util.ArrayList;
import java.util.List;

/** The layers of a network in words, from the image to the output. */
final class LayerWords {
  private LayerWords() {}

  static List<String> of(Architecture architecture) {
    List<String> words = new ArrayList<>();
    architecture
        .base()
        .saved()
        .ifPresent(
            base ->
                words.add(
                    "%s, kept up to %s, frozen up to %s"
                        .formatted(base.model(), base.keep(), base.freeze())));
    architecture.layers().forEach(layer -> words.add(layer.words()));
    words.add("output: 1 unit, sigmoid");
    return words;
  }
}
