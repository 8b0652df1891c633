package io.convoy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.convoy.failure.UserException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a conf becomes once its substitutions are put in: a few lines, each of which names the
 * one before twice, would fill any memory.
 */
final class Expansion {
  private static final long MOST_LETTERS = 10_000_000;

  /** A value may be built upon its own earlier ones, which cannot be told apart here. */
  private static final int MOST_OF_ITSELF = 16;

  private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{\\??([^}]+)}");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Long> sizes = new HashMap<>();

  private Expansion() {}

  /**
   * Makes sure that the conf stays small.
   *
   * @param conf not resolved
   * @throws UserException if it would not
   */
  static void requireSmall(Config conf) {
    Expansion expansion = new Expansion();
    expansion.gather("", conf.root());
    for (String key : expansion.values.keySet()) {
      if (expansion.size(key) > MOST_LETTERS) {
        throw new UserException(
            "%sthe substitutions of %s make it too large, as each stands for several others; write"
                + " it out.",
            Place.of(conf.root().origin()), key);
      }
    }
  }

  private void gather(String key, ConfigValue value) {
    if (!key.isEmpty()) {
      values.put(key, value.render(ConfigRenderOptions.concise()));
    }
    if (value instanceof ConfigObject object) {
      try {
        object.forEach(
            (name, each) ->
                gather(key + (key.isEmpty() ? "" : ".") + ConfigUtil.joinPath(name), each));
      } catch (ConfigException.NotResolved mergedLater) {
        // Its text has all of its substitutions.
        return;
      }
    }
  }

  private long size(String key) {
    Long known = sizes.get(key);
    if (known != null) {
      return known;
    }
    String text = values.getOrDefault(key, "");
    // For a circle, which the library refuses.
    sizes.put(key, 0L);
    long size = text.length();
    int ofItself = 0;
    Matcher names = SUBSTITUTION.matcher(text);
    while (names.find() && size <= MOST_LETTERS) {
      String name = names.group(1);
      ofItself += name.equals(key) ? 1 : 0;
      size = ofItself > MOST_OF_ITSELF ? Long.MAX_VALUE : size + size(name);
    }
    size = Math.min(size, MOST_LETTERS + 1);
    sizes.put(key, size);
    return size;
  }
}
