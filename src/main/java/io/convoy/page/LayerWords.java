package io.convoy.page;

import io.convoy.evaluate.Predictions;
import io.convoy.failure.Amount;
import io.convoy.settings.Architecture;
import java.util.ArrayList;
import java.util.List;

/** The layers of a network in words, from the image to the output. */
final class LayerWords {
  private LayerWords() {}

  /**
   * @param classes how many there are
   */
  static List<String> of(Architecture architecture, int classes) {
    List<String> words = new ArrayList<>();
    architecture
        .base()
        .pretrained()
        .ifPresent(
            base ->
                words.add(
                    "%s, kept up to %s, frozen up to %s"
                        .formatted(base.file(), base.keep(), base.freeze())));
    architecture.layers().forEach(layer -> words.add(layer.words()));
    int outputs = Predictions.outputs(classes);
    words.add(
        "output: %s, %s"
            .formatted(Amount.of(outputs, "unit"), outputs == 1 ? "sigmoid" : "softmax"));
    return words;
  }
}
