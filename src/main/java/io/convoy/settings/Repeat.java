package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * That a network is one of several which differ in their seeds alone.
 *
 * @param of the name of the architecture that is repeated; empty where it is not
 * @param seed of this one; without meaning where nothing is repeated
 */
public record Repeat(String of, long seed) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String OF = "of";
  private static final String SEED = "seed";

  /** A network that is trained once, with the seed of the run. */
  public static final Repeat NONE = new Repeat("", 0);

  /** Its block, without the braces. */
  String hocon() {
    return "of = %s, seed = %s".formatted(ConfigUtil.quoteString(of), seed);
  }

  /** Reads its block, such as {@code { of = conv24, seed = 2 }}. */
  static Repeat read(Section repeat) {
    repeat.allow(List.of(OF, SEED));
    return new Repeat(
        repeat
            .entry(OF)
            .text()
            .orElseThrow(() -> repeat.entry(OF).mustBe("an architecture's name")),
        repeat.entry(SEED).wholeNumber("a whole number", Long.MIN_VALUE, Long.MAX_VALUE));
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

  private boolean isOne() {
    return !of.isEmpty();
  }
}
