package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * That a network is one of several which differ in their seeds, or in the photos that train and
 * validate, alone.
 *
 * @param of the name of the architecture that is repeated; empty where it is not
 * @param seed of this one; without meaning where nothing is repeated
 * @param fold that validates it; {@link Fold#NONE} where that is the validation split
 */
public record Repeat(String of, long seed, Fold fold) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String OF = "of";
  private static final String SEED = "seed";
  private static final String FOLD = "fold";
  private static final String FOLDS = "folds";

  /** A network that is trained once, with the seed of the run. */
  public static final Repeat NONE = new Repeat("", 0, Fold.NONE);

  /**
   * One part of the photos in cross-validation.
   *
   * @param number of the part, from 1
   * @param count how many parts there are, at least 2
   */
  public record Fold(int number, int count) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Where there is no cross-validation. */
    static final Fold NONE = new Fold(0, 0);
  }

  /** Its block, without the braces. */
  String hocon() {
    String repeat = "of = %s, seed = %s".formatted(ConfigUtil.quoteString(of), seed);
    return crossValidation()
        .map(each -> "%s, fold = %d, folds = %d".formatted(repeat, each.number, each.count))
        .orElse(repeat);
  }

  /** Reads its block, such as {@code { of = conv24, seed = 2 }}. */
  static Repeat read(Section repeat) {
    repeat.allow(List.of(OF, SEED, FOLD, FOLDS));
    return new Repeat(
        repeat
            .entry(OF)
            .text()
            .orElseThrow(() -> repeat.entry(OF).mustBe("an architecture's name")),
        repeat.entry(SEED).wholeNumber("a whole number", Long.MIN_VALUE, Long.MAX_VALUE),
        repeat.present(FOLD).map(fold -> fold(repeat)).orElse(Fold.NONE));
  }

  private static Fold fold(Section repeat) {
    int count = repeat.entry(FOLDS).integer(2);
    return new Fold(
        (int) repeat.entry(FOLD).wholeNumber("a whole number from 1 to folds", 1, count), count);
  }

  /**
   * The seed of a network's training.
   *
   * @param run the seed of the run
   */
  public long seed(long run) {
    return isOne() ? seed : run;
  }

  /** The architecture that is repeated; empty where it is not. */
  public Optional<String> repeated() {
    return isOne() ? Optional.of(of) : Optional.empty();
  }

  /** The fold that validates; empty where that is the validation split. */
  public Optional<Fold> crossValidation() {
    return fold.equals(Fold.NONE) ? Optional.empty() : Optional.of(fold);
  }

  private boolean isOne() {
    return !of.isEmpty();
  }
}
