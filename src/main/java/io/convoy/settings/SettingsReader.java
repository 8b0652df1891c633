package io.convoy.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueType;
import io.convoy.failure.UserException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes typed settings of a resolved conf.
 *
 * @param defaults has all known keys, but for those inside an architecture
 * @param order names of architectures in their order; ones that the conf has not are passed over
 * @param choice which of them are trained
 */
record SettingsReader(ConfigObject defaults, Set<String> order, ArchitectureChoice choice) {
  private static final int MAX_SIDE = 4096;
  private static final double SHARES_TOLERANCE = 1e-9;

  /** DiLoCo's choice, as the rate below. */
  private static final double OUTER_MOMENTUM = 0.9;

  private static final double OUTER_LEARNING_RATE = 0.7;

  Settings read(Section conf) {
    conf.allow(defaults.keySet());
    return new Settings(
        images(known(conf, "images")),
        split(known(conf, "split")),
        train(known(conf, "train")),
        architectures(conf.section("architectures")));
  }

  private Section known(Section conf, String key) {
    Section section = conf.section(key);
    section.allowKeysOf((ConfigObject) defaults.get(key));
    return section;
  }

  private List<Architecture> architectures(Section blocks) {
    Set<String> names = new LinkedHashSet<>(order);
    names.retainAll(blocks.keys());
    names.addAll(blocks.keys());
    for (String removed : blocks.keys()) {
      if (blocks.entry(removed).value().valueType() == ConfigValueType.NULL) {
        if (!order.contains(removed)) {
          throw new UserException(
              "%sarchitectures.%s = null removes nothing: %sknown here are %s.",
              Place.of(blocks.entry(removed).value().origin()),
              removed,
              Spelling.question(removed, order),
              String.join(", ", order));
        }
        names.remove(removed);
      }
    }
    names.removeIf(name -> !choice.takes(name));
    if (names.isEmpty()) {
      throw new UserException(
          "%sarchitectures has none left: add one, ask for some with defaults, or set fewer of them to"
              + " null.",
          Place.of(blocks.object().origin()));
    }
    return names.stream().map(name -> ArchitectureReader.read(name, blocks)).toList();
  }

  private static ImageSettings images(Section images) {
    return new ImageSettings(
        images.entry("height").integer(1, MAX_SIDE),
        images.entry("width").integer(1, MAX_SIDE),
        classes(images.entry("classes")),
        images.entry("label-rule").word(LabelRule.class),
        images.entry("max-pixels").wholeNumber("a whole number of at least 1", 1, Long.MAX_VALUE),
        images.entry("max-file-bytes").bytes(),
        share(images.entry("max-rejected")));
  }

  private static List<String> classes(Entry entry) {
    String requirement =
        "a list of two different names (capitals do not count) that folders may have, such as [dog,"
            + " cat] or [\"Hot Dog\", cat]";
    List<String> names =
        entry.list(requirement).stream()
            .map(member -> member.text().orElseThrow(() -> entry.mustBe(requirement)))
            .toList();
    if (!ClassNames.areTwo(names)) {
      throw entry.mustBe(requirement);
    }
    return names;
  }

  private static SplitSettings split(Section split) {
    SplitSettings shares = shares(split.section("shares"));
    SplitSettings counts = counts(split.section("counts"));
    Entry by = split.entry("by");
    return switch (by.text().orElse("")) {
      case "shares" -> shares;
      case "counts" -> counts;
      default -> throw by.oneOf(Stream.of("shares", "counts"));
    };
  }

  private static SplitSettings shares(Section shares) {
    double train =
        shares.entry("train").number("a share above 0 and up to 1", s -> s > 0 && s <= 1);
    double validation = share(shares.entry("validation"));
    double test = share(shares.entry("test"));
    if (Math.abs(train + validation + test - 1) > SHARES_TOLERANCE) {
      throw new UserException(
          "%s%s must sum to 1, but train is %s, validation %s and test %s: set all three.",
          Place.of(shares.object().origin()), shares.name(), train, validation, test);
    }
    return new SplitSettings.ByShares(train, validation, test);
  }

  private static SplitSettings counts(Section counts) {
    return new SplitSettings.ByCounts(
        counts.entry("train").integer(1), counts.entry("validation").integer(0));
  }

  private static TrainSettings train(Section train) {
    return new TrainSettings(
        train.entry("seed").wholeNumber("a whole number", Long.MIN_VALUE, Long.MAX_VALUE),
        workers(train.entry("workers")),
        train.entry("batch-of").word(BatchOf.class),
        AveragingFrequencyReader.read(train.entry("averaging-frequency")),
        outer(train.entry("outer")),
        train.entry("average-updater-state").truth() ? UpdaterState.AVERAGED : UpdaterState.RESET,
        train.entry("checkpoint-rounds").integer(0));
  }

  private static OptionalInt workers(Entry entry) {
    if (entry.text().filter("auto"::equals).isPresent()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        (int) entry.wholeNumber("auto or a whole number of at least 1", 1, Integer.MAX_VALUE));
  }

  private static Optional<OuterMomentum> outer(Entry entry) {
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
            OptimizerReader.decay(outer, "momentum", OUTER_MOMENTUM),
            outer
                .optional("learning-rate")
                .map(OptimizerReader::positive)
                .orElse(OUTER_LEARNING_RATE)));
  }

  private static double share(Entry entry) {
    return entry.number("a share from 0 to 1", share -> share >= 0 && share <= 1);
  }
}
