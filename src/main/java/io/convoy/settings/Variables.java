package io.convoy.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Variables of the environment, for what a conf substitutes. Their values may be secrets, so each
 * carries its name, by which messages speak of it.
 */
record Variables(Map<String, String> values) implements ConfigResolver {
  /** The library hands comments on from the parts of a value to the whole. */
  private static final String MARK = "from the environment: ";

  @Override
  public ConfigValue lookup(String name) {
    String value = values.get(name);
    if (value == null) {
      return null;
    }
    ConfigValue found = ConfigValueFactory.fromAnyRef(value, "the variable " + name);
    return found.withOrigin(found.origin().withComments(List.of(MARK + name)));
  }

  @Override
  public ConfigResolver withFallback(ConfigResolver fallback) {
    return this;
  }

  /** The names of the variables that a resolved value is made of. */
  static List<String> in(ConfigValue value) {
    return marks(value).distinct().toList();
  }

  private static Stream<String> marks(ConfigValue value) {
    Stream<String> own =
        value.origin().comments().stream()
            .filter(comment -> comment.startsWith(MARK))
            .map(comment -> comment.substring(MARK.length()));
    if (value instanceof ConfigList list) {
      return Stream.concat(own, list.stream().flatMap(Variables::marks));
    }
    if (value instanceof ConfigObject object) {
      return Stream.concat(own, object.values().stream().flatMap(Variables::marks));
    }
    return own;
  }

  /**
   * The value with each variable's in the place where the conf substitutes it.
   *
   * @param written the same value before its substitutions
   */
  static ConfigValue placed(ConfigValue value, ConfigValue written) {
    if (in(value).isEmpty()) {
      return value;
    }
    if (value instanceof ConfigObject object) {
      ConfigObject placed = object;
      for (Map.Entry<String, ConfigValue> each : object.entrySet()) {
        ConfigValue part = placed(each.getValue(), part(written, each.getKey()));
        placed = placed.withValue(each.getKey(), part);
      }
      return placed;
    }
    if (value instanceof ConfigList list) {
      List<ConfigValue> members = new ArrayList<>();
      for (ConfigValue member : list) {
        members.add(placed(member, part(written, members.size(), list.size())));
      }
      return ConfigValueFactory.fromIterable(members).withOrigin(list.origin());
    }
    return value.withOrigin(
        ConfigOriginFactory.newSimple(Place.first(written.origin()))
            .withComments(value.origin().comments()));
  }

  /** The object itself where it is written as a substitution, which has no parts yet. */
  private static ConfigValue part(ConfigValue written, String key) {
    try {
      return written instanceof ConfigObject object ? object.getOrDefault(key, written) : written;
    } catch (ConfigException.NotResolved substitution) {
      return written;
    }
  }

  private static ConfigValue part(ConfigValue written, int index, int size) {
    return written instanceof ConfigList list && list.size() == size ? list.get(index) : written;
  }

  /** The text without any of the values that the names have. */
  String without(String text) {
    String hidden = text;
    for (Map.Entry<String, String> variable : values.entrySet()) {
      if (!variable.getValue().isBlank()) {
        hidden =
            hidden.replace(
                "\"" + variable.getValue() + "\"", "the environment's " + variable.getKey());
      }
    }
    return hidden;
  }
}
