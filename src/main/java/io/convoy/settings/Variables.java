package io.convoy.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
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
