package io.convoy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The order in which a conf names its architectures, which HOCON objects themselves lose. */
final class ArchitectureOrder {
  private ArchitectureOrder() {}

  /**
   * The names by their lines, those of one line by alphabet; not the ones that are set to null.
   *
   * @param source one conf, neither merged nor resolved, as merging loses the lines
   */
  static List<String> of(Config source) {
    try {
      return source.root().get("architectures") instanceof ConfigObject blocks
          ? blocks.entrySet().stream()
              .filter(block -> !isNull(block.getValue()))
              .sorted(
                  Comparator.<Map.Entry<String, ConfigValue>>comparingInt(
                          block -> block.getValue().origin().lineNumber())
                      .thenComparing(Map.Entry::getKey))
              .map(Map.Entry::getKey)
              .toList()
          : List.of();
    } catch (ConfigException.NotResolved wholeBlockIsSubstituted) {
      return List.of();
    }
  }

  private static boolean isNull(ConfigValue value) {
    try {
      return value.valueType() == ConfigValueType.NULL;
    } catch (ConfigException.NotResolved substitution) {
      return false;
    }
  }
}
