package io.convoy.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.TreeMap;

/** A conf as one level of dotted keys, for tables and services that have no other. */
final class Leaves {
  private static final ConfigRenderOptions PLAIN = ConfigRenderOptions.concise().setJson(false);

  private Leaves() {}

  /**
   * The values of a text, however deep, by their keys. The objects of a list count from 1, as the
   * layers in {@code layers.1.conv}; another list is one value.
   */
  static Map<String, String> of(String hocon) {
    Map<String, String> leaves = new TreeMap<>();
    add("", Hocon.resolve(Hocon.parse(hocon, "settings"), Map.of()).root(), leaves);
    return leaves;
  }

  private static void add(String key, ConfigValue value, Map<String, String> leaves) {
    if (value instanceof ConfigObject object && !object.isEmpty()) {
      object.forEach((name, inner) -> add(below(key, name), inner, leaves));
    } else if (value instanceof ConfigList list
        && list.stream().anyMatch(ConfigObject.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        add(below(key, Integer.toString(i + 1)), list.get(i), leaves);
      }
    } else {
      String text = new Entry(key, value).text().orElseGet(() -> value.render(PLAIN));
      leaves.put(key, text);
    }
  }

  private static String below(String key, String name) {
    return key.isEmpty() ? name : key + "." + name;
  }
}
