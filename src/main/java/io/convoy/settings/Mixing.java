package io.convoy.settings;

import io.convoy.failure.UserException;
import java.io.Serializable;
import java.util.List;

/**
 * How training examples are mixed with others, pixels and labels alike, by shares that are drawn
 * from a beta distribution with both of its parameters alike. Where both kinds are named, each is
 * drawn as often as the other.
 *
 * @param mixup the parameter of the shares of mixup, above 0; 0 for no mixup (Zhang et al. 2018,
 *     "mixup: Beyond Empirical Risk Minimization")
 * @param cutmix the parameter of the shares of cutmix, above 0; 0 for no cutmix (Yun et al. 2019,
 *     "CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features")
 * @param probability share of the examples that are mixed, 0 to 1
 */
public record Mixing(double mixup, double cutmix, double probability) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String MIXUP = "mixup";
  private static final String CUTMIX = "cutmix";
  private static final String PROBABILITY = "probability";
  private static final List<String> KEYS = List.of(MIXUP, CUTMIX, PROBABILITY);
  private static final double MOST = 100;

  /** Examples stay by themselves. */
  public static final Mixing NONE = new Mixing(0, 0, 0);

  /** Its block, without the braces. */
  String hocon() {
    return "mixup = %s, cutmix = %s, probability = %s".formatted(mixup, cutmix, probability);
  }

  /** Reads its block, such as {@code { cutmix = 1 }}; one of the two kinds must be named. */
  static Mixing read(Section mix) {
    mix.allow(KEYS);
    double mixup = parameter(mix, MIXUP);
    double cutmix = parameter(mix, CUTMIX);
    double probability =
        mix.present(PROBABILITY)
            .map(entry -> entry.number("a share from 0 to 1", share -> share >= 0 && share <= 1))
            .orElse(1.0);
    if (mixup == 0 && cutmix == 0) {
      mix.present(PROBABILITY)
          .filter(entry -> probability > 0)
          .filter(entry -> mix.present(MIXUP).isEmpty() && mix.present(CUTMIX).isEmpty())
          .ifPresent(
              entry -> {
                throw new UserException(
                    "%s%s does nothing without mixup or cutmix: add one, or leave this out.",
                    Place.of(entry.value().origin()), entry.name());
              });
      return NONE;
    }
    return new Mixing(mixup, cutmix, probability);
  }

  private static double parameter(Section mix, String key) {
    return mix.present(key)
        .map(
            entry ->
                entry.number("a number from 0 to 100", number -> number >= 0 && number <= MOST))
        .orElse(0.0);
  }
}
