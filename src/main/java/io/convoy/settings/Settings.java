package io.convoy.settings;

import io.convoy.failure.UserException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * All settings of a run. Unlike the records inside it this one stays on the driver.
 *
 * @param architectures the networks to compare, one or more, in the order of the conf files, names
 *     distinct
 */
public record Settings(
    ImageSettings images,
    SplitSettings split,
    TrainSettings train,
    List<Architecture> architectures) {

  /** Refuses nulls and copies the list. */
  public Settings {
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(split, "split");
    Objects.requireNonNull(train, "train");
    architectures = List.copyOf(architectures);
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
    return new Settings(
        images,
        split,
        train,
        architectures.stream().filter(a -> chosen.contains(a.name())).toList());
  }
}
