package io.convoy.settings;

import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;

/**
 * A step of Nesterov's momentum from averaging to averaging, over the optimizers of the workers
 * (Wang et al. 2020, SlowMo; Douillard et al. 2023, DiLoCo).
 *
 * @param momentum 0 to below 1; 0 only scales the step
 * @param learningRate above 0
 */
public record OuterMomentum(double momentum, double learningRate) {
  /** DiLoCo's choice, as the rate below. */
  private static final double USUAL_MOMENTUM = 0.9;

  private static final double USUAL_RATE = 0.7;

  /** Reads {@code none}, or a block such as {@code { momentum = 0.9, learning-rate = 0.7 }}. */
  static Optional<OuterMomentum> read(Entry entry) {
    if (entry.text().filter("none"::equals).isPresent()) {
      return Optional.empty();
    }
    if (entry.value().valueType() != ConfigValueType.OBJECT) {
      throw entry.mustBe("none, or an object such as { momentum = 0.9, learning-rate = 0.7 }");
    }
    Section outer = entry.section(entry.name() + ".");
    outer.allow(List.of("momentum", "learning-rate"));
    return Optional.of(
        new OuterMomentum(
            outer.decay("momentum", USUAL_MOMENTUM),
            outer.optional("learning-rate").map(Entry::positive).orElse(USUAL_RATE)));
  }

  /** Its block. */
  String hocon() {
    return "{ momentum = " + momentum + ", learning-rate = " + learningRate + " }";
  }
}
