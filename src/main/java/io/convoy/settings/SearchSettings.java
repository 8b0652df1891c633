package io.convoy.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code search} tries, and how long.
 *
 * @param space what is drawn for each trial
 * @param sampler of the draws
 * @param seed of the draws
 * @param trials at the most, at least 1
 * @param minutes after which no trial begins or goes on, above 0; empty: no limit
 * @param imagePasses through the networks after which no trial begins or goes on, at least 1;
 *     empty: no limit
 * @param minEpochs that the longest training gets first, at least 1
 * @param reduction one of so many trials goes on, at least 2
 * @param metric of the validation split that decides
 * @param best how many are trained in full, at least 1
 * @param baseline what they are compared with beside one another
 */
public record SearchSettings(
    SearchSpace space,
    Sampler sampler,
    long seed,
    int trials,
    Optional<Double> minutes,
    OptionalLong imagePasses,
    int minEpochs,
    int reduction,
    Metric metric,
    int best,
    Baseline baseline) {
  private static final String NONE = "none";

  /** What the best trials are compared with. */
  public enum Baseline {
    /** With nothing else. */
    NONE,
    /** With the architectures as they are without a draw. */
    ARCHITECTURES
  }

  /** So that all can be drawn, and told in a table, at once. */
  private static final int MOST_TRIALS = 10_000;

  private static final List<String> KEYS =
      List.of(
          SearchSpace.KEY,
          "sampler",
          "seed",
          "trials",
          "minutes",
          "image-passes",
          "min-epochs",
          "reduction",
          "metric",
          "best",
          "baseline");

  /** Refuses nulls. */
  public SearchSettings {
    Objects.requireNonNull(space, "space");
    Objects.requireNonNull(sampler, "sampler");
    Objects.requireNonNull(minutes, "minutes");
    Objects.requireNonNull(imagePasses, "imagePasses");
    Objects.requireNonNull(metric, "metric");
  }

  /**
   * Reads its block, which has all keys.
   *
   * @param architectures all that the conf has
   */
  static SearchSettings read(Section search, Section architectures) {
    search.allow(KEYS);
    return new SearchSettings(
        SearchSpace.read(search.entry(SearchSpace.KEY), architectures),
        search.entry("sampler").word(Sampler.class),
        search.entry("seed").wholeNumber("a whole number", Long.MIN_VALUE, Long.MAX_VALUE),
        search.entry("trials").integer(1, MOST_TRIALS),
        limit(search.entry("minutes"))
            .map(entry -> entry.number("none or a number above 0", minutes -> minutes > 0)),
        limit(search.entry("image-passes"))
            .map(e -> e.wholeNumber("none or a whole number of at least 1", 1, Long.MAX_VALUE))
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()),
        search.entry("min-epochs").integer(1),
        search.entry("reduction").integer(2),
        search.entry("metric").word(Metric.class),
        search.entry("best").integer(1),
        search.entry("baseline").truth() ? Baseline.ARCHITECTURES : Baseline.NONE);
  }

  private static Optional<Entry> limit(Entry entry) {
    return entry.text().filter(NONE::equals).isPresent() ? Optional.empty() : Optional.of(entry);
  }

  /**
   * Its settings in one level of dotted keys, such as {@code search.trials}, as they are written.
   */
  public Map<String, String> leaves() {
    return Leaves.of(hocon());
  }

  /** Its block, with its name. */
  public String hocon() {
    return hocon(space.hocon());
  }

  /** Its block, with its name, and of the space what these architectures draw. */
  String hocon(List<String> architectures) {
    return hocon(space.hocon(architectures));
  }

  private String hocon(String space) {
    return """
        search {
        %s  sampler = %s
          seed = %s
          trials = %s
          minutes = %s
          image-passes = %s
          min-epochs = %s
          reduction = %s
          metric = %s
          best = %s
          baseline = %s
        }
        """
        .formatted(
            space,
            Entry.word(sampler),
            seed,
            trials,
            minutes.map(String::valueOf).orElse(NONE),
            imagePasses.isPresent() ? imagePasses.getAsLong() : NONE,
            minEpochs,
            reduction,
            Entry.word(metric),
            best,
            baseline == Baseline.ARCHITECTURES);
  }
}
