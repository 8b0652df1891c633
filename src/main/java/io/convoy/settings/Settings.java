package io.convoy.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueType;
import io.convoy.failure.UserException;
import io.convoy.settings.Repeat.Fold;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All settings of a run. Unlike the records inside it this one stays on the driver.
 *
 * @param architectures the networks to compare, one or more, in the order of the conf files, names
 *     distinct
 */
public record Settings(
    ImageSettings images,
    LabelColumns labels,
    SplitSettings split,
    TrainSettings train,
    List<Architecture> architectures) {
  static final String ARCHITECTURES = "architectures";

  /** Refuses nulls and copies the list. */
  public Settings {
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(train, "train");
    architectures = List.copyOf(architectures);
  }

  /** The same settings with these classes of the images. */
  public Settings withClasses(List<String> names) {
    return new Settings(images.with(names), labels, split, train, architectures);
  }

  /**
   * The same settings with {@code train.repeats} and {@code train.folds} written out: each
   * architecture as often, with seeds from the run's on. No two have the same name, as what is
   * before the last dash is another.
   */
  public Settings repeated() {
    if (train.trainings() == 1) {
      return this;
    }
    List<Architecture> all =
        architectures.stream().flatMap(this::repeats).flatMap(this::folds).toList();
    return new Settings(images, labels, split, train.once(), all);
  }

  private Stream<Architecture> repeats(Architecture architecture) {
    return train.repeats() == 1
        ? Stream.of(architecture)
        : IntStream.rangeClosed(1, train.repeats())
            .mapToObj(number -> architecture.repeated(number, train.seed() + number - 1));
  }

  private Stream<Architecture> folds(Architecture architecture) {
    return train.folds().isEmpty()
        ? Stream.of(architecture)
        : IntStream.rangeClosed(1, train.folds().getAsInt())
            .mapToObj(number -> new Fold(number, train.folds().getAsInt()))
            .map(fold -> architecture.validatedBy(fold, train.seed()));
  }

  /**
   * The same settings with some of the architectures only, in the order that they have here.
   *
   * @param names which to keep, one or more
   * @throws UserException when a name is unknown or none is given
   */
  public Settings select(List<String> names) {
    List<String> known = architectures.stream().map(Architecture::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserException(
            "There is no architecture %s: %sthe settings have %s.",
            name, Spelling.question(name, known), String.join(", ", known));
      }
    }
    if (names.isEmpty()) {
      throw new UserException(
          "No architecture is selected: name one or more of %s.", String.join(", ", known));
    }
    Set<String> chosen = new HashSet<>(names);
    return with(architectures.stream().filter(a -> chosen.contains(a.name())).toList());
  }

  /** The same settings with other architectures. */
  public Settings with(List<Architecture> others) {
    return new Settings(images, labels, split, train, others);
  }

  /**
   * Makes settings of a resolved conf.
   *
   * @param defaults has all known keys, but for those inside an architecture
   * @param order names of architectures in their order; ones that the conf has not are passed over
   * @param choice which of them are trained
   * @param photos that they are for
   */
  static Settings read(
      Section conf,
      ConfigObject defaults,
      Set<String> order,
      ArchitectureChoice choice,
      TrainingPhotos photos) {
    conf.allow(defaults.keySet());
    for (String key : List.of("images", "labels", "split", "train")) {
      conf.section(key).allowKeysOf((ConfigObject) defaults.get(key));
    }
    return new Settings(
        ImageSettings.read(conf.section("images"), photos),
        LabelColumns.read(conf.section("labels")),
        SplitSettings.read(conf.section("split")),
        TrainSettings.read(conf.section("train")),
        architectures(conf.section(ARCHITECTURES), order, choice));
  }

  private static List<Architecture> architectures(
      Section blocks, Set<String> order, ArchitectureChoice choice) {
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
    return names.stream().map(name -> Architecture.read(name, blocks)).toList();
  }

  /**
   * The settings but the architectures in one level of dotted keys, such as {@code images.height},
   * as they are written.
   */
  public Map<String, String> leaves() {
    Map<String, String> leaves = Leaves.of(hocon());
    leaves.keySet().removeIf(key -> key.startsWith("architectures."));
    return leaves;
  }

  /**
   * The settings that decide which photos are in which split with which label, and which are
   * rejected, by their keys, as HOCON.
   */
  public Map<String, String> ofPhotos() {
    Map<String, String> texts = new LinkedHashMap<>(images.ofPhotos());
    texts.put("labels", labels.text());
    texts.put("split", split.text());
    return texts;
  }

  /**
   * The settings as a conf file in the shape of convoy.conf.
   *
   * <p>The library's own rendering sorts keys, which would lose the order of the architectures.
   */
  String hocon() {
    return """
        # Settings of a run of convoy, complete: given to it as a conf file, they repeat the run's settings.
        images {
        %s}
        %ssplit {
        %s}
        train {
        %s}
        # Only the architectures below, whatever the defaults are.
        architectures = null
        architectures {
        %s}
        """
        .formatted(
            images.hocon(),
            labels.hocon(),
            split.hocon(),
            train.hocon(),
            architectures.stream().map(Architecture::hocon).collect(Collectors.joining()));
  }
}
