package io.convoy.settings;

import io.convoy.failure.UserException;
import java.util.function.Function;
import java.util.stream.Stream;

/** What decides the split of each image. */
public sealed interface SplitWay {
  /** What is to be had of each way. */
  <R> R match(Function<ByShares, R> shares, Function<ByCounts, R> counts, Function<Given, R> given);

  /** Whether the label file tells the split. */
  default boolean takesLabels() {
    return match(shares -> false, counts -> false, given -> given.source() == Source.LABELS);
  }

  /** Its block, without the braces. */
  String hocon();

  /** Reads a block that has all ways, of which one is chosen. */
  static SplitWay read(Section split) {
    SplitWay shares = ByShares.of(split.section("shares"));
    SplitWay counts = ByCounts.of(split.section("counts"));
    SplitLists lists = SplitLists.read(split.section("lists"));
    double fromTrain = split.decay("validation-from-train", 0);
    Entry by = split.entry("by");
    return switch (by.text().orElse("")) {
      case "shares" -> shares;
      case "counts" -> counts;
      case "folders" -> new Given(Source.FOLDERS, SplitLists.NONE, fromTrain);
      case "labels" -> new Given(Source.LABELS, SplitLists.NONE, fromTrain);
      case "lists" -> new Given(Source.LISTS, lists.required(by), fromTrain);
      default -> throw by.oneOf(Stream.of("shares", "counts", "folders", "lists", "labels"));
    };
  }

  /**
   * By shares of all images.
   *
   * @param train 0 (exclusive) to 1
   * @param validation 0 to 1
   * @param test 0 to 1; the three sum to 1
   */
  record ByShares(double train, double validation, double test) implements SplitWay {
    private static final double TOLERANCE = 1e-9;

    private static SplitWay of(Section shares) {
      double train =
          shares.entry("train").number("a share above 0 and up to 1", s -> s > 0 && s <= 1);
      double validation = shares.share("validation");
      double test = shares.share("test");
      if (Math.abs(train + validation + test - 1) > TOLERANCE) {
        throw new UserException(
            "%s%s must sum to 1, but train is %s, validation %s and test %s: set all three.",
            Place.of(shares.object().origin()), shares.name(), train, validation, test);
      }
      return new ByShares(train, validation, test);
    }

    @Override
    public String hocon() {
      return """
            by = shares
            shares { train = %s, validation = %s, test = %s }
          """
          .formatted(train, validation, test);
    }

    @Override
    public <R> R match(
        Function<ByShares, R> shares, Function<ByCounts, R> counts, Function<Given, R> given) {
      return shares.apply(this);
    }
  }

  /**
   * By numbers of images, of all classes together.
   *
   * @param train at least 1
   * @param validation at least 0
   */
  record ByCounts(int train, int validation) implements SplitWay {
    private static SplitWay of(Section counts) {
      return new ByCounts(counts.entry("train").integer(1), counts.entry("validation").integer(0));
    }

    @Override
    public String hocon() {
      return """
            by = counts
            counts { train = %s, validation = %s }
          """
          .formatted(train, validation);
    }

    @Override
    public <R> R match(
        Function<ByShares, R> shares, Function<ByCounts, R> counts, Function<Given, R> given) {
      return counts.apply(this);
    }

    /** How many photos of a class are for training; the classes have labels from 0. */
    public int trainPart(int label, int classes) {
      return part(train, label, classes);
    }

    /** How many photos of a class are for validation; the classes have labels from 0. */
    public int validationPart(int label, int classes) {
      return part(validation, label, classes);
    }

    /** Equal parts, of which the last classes take the rest. */
    private static int part(int total, int label, int classes) {
      return total / classes + (label >= classes - total % classes ? 1 : 0);
    }
  }

  /** Where photos have their split from. */
  enum Source {
    /** Folders that are called like splits. */
    FOLDERS,
    /** The lists of the settings. */
    LISTS,
    /** The column {@code split} of the label file. */
    LABELS
  }

  /**
   * As the photos come split already.
   *
   * @param source what tells it
   * @param lists the names of the photos of each split; empty unless they are the source
   * @param validationFromTrain the share of the training photos, 0 to below 1, that validates where
   *     no photo is given to validation
   */
  record Given(Source source, SplitLists lists, double validationFromTrain) implements SplitWay {
    /** How {@code split.by} calls the source. */
    public String word() {
      return Entry.word(source);
    }

    @Override
    public String hocon() {
      return """
            by = %s
            validation-from-train = %s
          """
              .formatted(Entry.word(source), validationFromTrain)
          + (source == Source.LISTS ? lists.hocon() : "");
    }

    @Override
    public <R> R match(
        Function<ByShares, R> shares, Function<ByCounts, R> counts, Function<Given, R> given) {
      return given.apply(this);
    }
  }
}
