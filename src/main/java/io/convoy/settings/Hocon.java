package io.convoy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.convoy.failure.UserException;
import java.util.Map;
import java.util.TreeMap;

/** Reads the syntax of conf files; a mistake in it is told with file and line. */
public final class Hocon {
  /** Far more than any conf needs, and read in less than a second. */
  static final int MOST_LETTERS = 1_000_000;

  private static final int MOST_SHOWN = 300;

  private Hocon() {}

  /**
   * Parses a text, without resolving it.
   *
   * @param origin the text's name, for messages
   * @throws UserException if it is not HOCON, or has an {@code include}
   */
  public static Config parse(String text, String origin) {
    if (text.length() > MOST_LETTERS) {
      throw new UserException(
          "%s has %,d characters, and a conf may have %,d; check that it is a conf file.",
          origin, text.length(), MOST_LETTERS);
    }
    try {
      return ConfigFactory.parseString(
          text,
          ConfigParseOptions.defaults()
              .setSyntax(ConfigSyntax.CONF)
              .setOriginDescription(origin)
              .setIncluder(new NoIncludes(origin)));
    } catch (ConfigException mistake) {
      throw mendable(mistake, new Variables(Map.of()));
    } catch (StackOverflowError tooDeep) {
      throw tooDeep(origin);
    }
  }

  /**
   * Puts in what <code>${...}</code> stands for: a key of the conf, or else a variable of this
   * process's environment.
   *
   * @throws UserException if it is neither
   */
  static Config resolve(Config conf) {
    return resolve(conf, System.getenv());
  }

  /**
   * Puts in what <code>${...}</code> stands for: a key of the conf, or else a variable.
   *
   * @param values of the environment's variables
   * @throws UserException if it is neither, or what comes of it is too large
   */
  public static Config resolve(Config conf, Map<String, String> values) {
    Variables variables = new Variables(values);
    try {
      Expansion.requireSmall(conf);
      Config resolved = conf.resolve(ConfigResolveOptions.noSystem().appendResolver(variables));
      return ((ConfigObject) Variables.placed(resolved.root(), conf.root())).toConfig();
    } catch (ConfigException mistake) {
      throw mendable(mistake, variables);
    } catch (StackOverflowError tooDeep) {
      throw tooDeep("the conf");
    }
  }

  /**
   * The values in a resolved value, however deep, as HOCON by their dotted keys.
   *
   * @param key its own
   */
  public static Map<String, String> flat(String key, ConfigValue value) {
    if (!(value instanceof ConfigObject object)) {
      return Map.of(key, value.render(ConfigRenderOptions.concise().setJson(false)));
    }
    Map<String, String> flat = new TreeMap<>();
    object.forEach(
        (name, inner) -> flat.putAll(flat(key + "." + ConfigUtil.joinPath(name), inner)));
    return flat;
  }

  private static UserException tooDeep(String place) {
    return new UserException(
        "%s: its objects and lists lie too deep in one another; settings need no more than a few"
            + " levels.",
        place);
  }

  private static UserException mendable(ConfigException mistake, Variables variables) {
    ConfigOrigin origin = mistake.origin();
    String message = mistake.getMessage();
    if (origin != null && message.startsWith(origin.description() + ": ")) {
      message = message.substring(origin.description().length() + 2);
    }
    return new UserException(
        "%snot readable as HOCON: %s",
        Place.of(origin), shortened(variables.without(message.replaceAll("\\s+", " "))));
  }

  private static String shortened(String message) {
    return message.length() <= MOST_SHOWN ? message : message.substring(0, MOST_SHOWN) + "...";
  }
}
