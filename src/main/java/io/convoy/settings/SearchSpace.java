package io.convoy.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.convoy.failure.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is drawn for each trial of a search: keys of an architecture's block, as {@code
 * optimizer.learning-rate} or {@code layers.1.conv} (layers are counted from 1), each with the
 * distribution of its values. A key may be of all architectures, or of one alone, which then goes
 * over the one of all.
 */
public final class SearchSpace {
  static final String KEY = "space";
  private static final String ARCHITECTURES = "architectures";

  private final List<Dimension> dimensions;
  private final Section architectures;

  /**
   * @param path of the key, in an architecture's block
   * @param architecture that it is of; empty: all
   */
  private record Dimension(
      List<String> path, Optional<String> architecture, Distribution values, ConfigOrigin origin) {
    String key() {
      return ConfigUtil.joinPath(path);
    }

    String fullKey() {
      return architecture
          .map(name -> ConfigUtil.joinPath(ARCHITECTURES, name) + "." + key())
          .orElseGet(this::key);
    }
  }

  private SearchSpace(List<Dimension> dimensions, Section architectures) {
    this.dimensions = dimensions;
    this.architectures = architectures;
  }

  /**
   * Reads its block.
   *
   * @param architectures all that the conf has
   */
  static SearchSpace read(Entry space, Section architectures) {
    List<Dimension> dimensions = new ArrayList<>();
    collect(space, List.of(), architectures, dimensions);
    return new SearchSpace(dimensions, architectures);
  }

  private static void collect(
      Entry entry, List<String> path, Section architectures, List<Dimension> found) {
    if (!(entry.value() instanceof ConfigObject) || isEmptyInside(entry, path)) {
      throw entry.mustBe(
          path.isEmpty()
              ? "an object, in braces"
              : "a distribution, such as { log-uniform = [1e-5, 1e-2] } or { choice = [32, 64] }");
    }
    Section block = entry.section(entry.name() + ".");
    SortedSet<String> deeper = block.keys();
    // Layers may be drawn, and then the width of one of them.
    if (deeper.removeAll(Distribution.KINDS)) {
      found.add(dimension(entry, path, architectures));
    }
    for (String key : deeper) {
      List<String> longer = new ArrayList<>(path);
      longer.addAll(path.equals(List.of(ARCHITECTURES)) ? List.of(key) : split(key));
      collect(block.entry(key), longer, architectures, found);
    }
  }

  private static boolean isEmptyInside(Entry entry, List<String> path) {
    return !path.isEmpty() && ((ConfigObject) entry.value()).isEmpty();
  }

  /** A key in quotes may be a whole path. */
  private static List<String> split(String key) {
    try {
      return ConfigUtil.splitPath(key);
    } catch (ConfigException noPath) {
      return List.of(key);
    }
  }

  private static Dimension dimension(Entry entry, List<String> path, Section architectures) {
    boolean ofOne = !path.isEmpty() && path.get(0).equals(ARCHITECTURES);
    List<String> inside = ofOne ? path.subList(Math.min(2, path.size()), path.size()) : path;
    if (inside.isEmpty()) {
      throw entry.mustBe(
          "an object with keys of an architecture, such as optimizer.learning-rate, in it");
    }
    if (ofOne && !architectures.keys().contains(path.get(1))) {
      throw new UserException(
          "%s%s: there is no architecture %s: %sthe settings have %s.",
          Place.of(entry.value().origin()),
          entry.name(),
          path.get(1),
          Spelling.question(path.get(1), architectures.keys()),
          String.join(", ", architectures.keys()));
    }
    return new Dimension(
        List.copyOf(inside),
        ofOne ? Optional.of(path.get(1)) : Optional.empty(),
        Distribution.read(entry),
        entry.value().origin());
  }

  /** Whether nothing is drawn. */
  public boolean isEmpty() {
    return dimensions.isEmpty();
  }

  /** All keys with the kind of their values; words where architectures differ in it. */
  public SortedMap<String, Distribution.Values> keys() {
    SortedMap<String, Distribution.Values> keys = new TreeMap<>();
    dimensions.forEach(
        each ->
            keys.merge(
                each.key(),
                each.values().values(),
                (one, other) -> one == other ? one : Distribution.Values.WORDS));
    return keys;
  }

  /** What is drawn for an architecture, by its keys. */
  public SortedMap<String, Distribution> of(String architecture) {
    SortedMap<String, Distribution> ofOne = new TreeMap<>();
    dimensionsOf(architecture).forEach((key, dimension) -> ofOne.put(key, dimension.values()));
    return ofOne;
  }

  private SortedMap<String, Dimension> dimensionsOf(String architecture) {
    SortedMap<String, Dimension> ofOne = new TreeMap<>();
    for (Dimension each : dimensions) {
      if (each.architecture().isEmpty()) {
        ofOne.putIfAbsent(each.key(), each);
      } else if (each.architecture().get().equals(architecture)) {
        ofOne.put(each.key(), each);
      }
    }
    return ofOne;
  }

  /**
   * An architecture with drawn settings.
   *
   * @param architecture of the conf
   * @param drawn its keys with values, as HOCON
   * @throws UserException if it is none that can be trained
   */
  public Architecture with(String architecture, SortedMap<String, String> drawn) {
    try {
      return read(architecture, drawn);
    } catch (UserException together) {
      for (Map.Entry<String, String> one : drawn.entrySet()) {
        try {
          read(architecture, new TreeMap<>(Map.of(one.getKey(), one.getValue())));
        } catch (UserException alone) {
          throw new UserException(
              "search.space.%s draws %s: %s",
              dimensionsOf(architecture).get(one.getKey()).fullKey(),
              one.getValue(),
              alone.getMessage());
        }
      }
      throw new UserException(
          "search.space draws %s: %s",
          drawn.entrySet().stream()
              .map(each -> each.getKey() + " = " + each.getValue())
              .collect(Collectors.joining(", ")),
          together.getMessage());
    }
  }

  private Architecture read(String architecture, SortedMap<String, String> drawn) {
    ConfigValue block = architectures.entry(architecture).value();
    SortedMap<String, Dimension> known = dimensionsOf(architecture);
    for (Map.Entry<String, String> one : drawn.entrySet()) {
      Dimension dimension = known.get(one.getKey());
      ConfigValue value =
          ConfigFactory.parseString("value = " + one.getValue())
              .getValue("value")
              .withOrigin(dimension.origin());
      block = with(block, dimension.path(), value, architecture);
    }
    return Architecture.read(
        architecture,
        new Section(
            architectures.name(),
            architectures.prefix(),
            architectures.object().withValue(architecture, block)));
  }

  /** What was drawn, as HOCON in one line; {@link #drawn(String)} reads it again. */
  public static String text(SortedMap<String, String> drawn) {
    return drawn.entrySet().stream()
        .map(each -> ConfigUtil.quoteString(each.getKey()) + " = " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /** What was drawn, by its keys. */
  public static SortedMap<String, String> drawn(String text) {
    SortedMap<String, String> drawn = new TreeMap<>();
    Hocon.parse(text, "drawn settings")
        .root()
        .forEach((key, value) -> drawn.put(key, Distribution.text(value)));
    return drawn;
  }

  /** The whole with another value at a path, which does not become one with what is there. */
  private static ConfigValue with(
      ConfigValue whole, List<String> path, ConfigValue value, String place) {
    if (path.isEmpty()) {
      return value;
    }
    String key = path.get(0);
    List<String> deeper = path.subList(1, path.size());
    String inside = place + "." + key;
    if (whole instanceof ConfigList list) {
      List<ConfigValue> members = new ArrayList<>(list);
      int index = index(key, members.size(), place, value.origin());
      members.set(index, with(members.get(index), deeper, value, inside));
      return ConfigValueFactory.fromIterable(members).withOrigin(list.origin());
    }
    ConfigObject object =
        whole instanceof ConfigObject known
            ? known
            : ConfigFactory.empty().root().withOrigin(value.origin());
    return object.withValue(key, with(object.get(key), deeper, value, inside));
  }

  private static int index(String key, int members, String place, ConfigOrigin origin) {
    for (int i = 1; i <= members; i++) {
      if (key.equals(Integer.toString(i))) {
        return i - 1;
      }
    }
    throw new UserException(
        "%sarchitectures.%s is a list of %d: %s must be a number from 1 to %d.",
        Place.of(origin), place, members, key, members);
  }

  /** Whether the same is drawn. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SearchSpace space && space.hocon().equals(hocon());
  }

  @Override
  public int hashCode() {
    return hocon().hashCode();
  }

  /** Its block, with its name. */
  String hocon() {
    return block(dimensions);
  }

  /** Its block, with its name, of what these architectures draw. */
  String hocon(List<String> names) {
    return block(
        dimensions.stream()
            .filter(each -> each.architecture().map(names::contains).orElse(true))
            .toList());
  }

  private static String block(List<Dimension> dimensions) {
    return dimensions.isEmpty()
        ? "  space {}\n"
        : dimensions.stream()
            .map(each -> "    %s { %s }\n".formatted(each.fullKey(), each.values().hocon()))
            .collect(Collectors.joining("", "  space {\n", "  }\n"));
  }
}
