package io.convoy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.convoy.failure.UserException;
import java.util.Map;

/** Reads the syntax of conf files; a mistake in it is told with file and line. */
public final class Hocon {
  private Hocon() {}

  /**
   * Parses a text, without resolving it.
   *
   * @param origin the text's name, for messages
   * @throws UserException if it is not HOCON, or has an {@code include}
   */
  public static Config parse(String text, String origin) {
    try {
      return ConfigFactory.parseString(
          text,
          ConfigParseOptions.defaults()
              .setSyntax(ConfigSyntax.CONF)
              .setOriginDescription(origin)
              .setIncluder(new NoIncludes(origin)));
    } catch (ConfigException mistake) {
      throw mendable(mistake);
    }
  }

  /**
   * Puts in what <code>${...}</code> stands for: a key of the conf, or else a variable of this
   * process's environment.
   *
   * @throws UserException if it is neither
   */
  static Config resolve(Config conf) {
    return resolve(conf, ConfigResolveOptions.defaults());
  }

  /**
   * Puts in what <code>${...}</code> stands for: a key of the conf, or else a variable.
   *
   * @param variables of the environment
   * @throws UserException if it is neither
   */
  public static Config resolve(Config conf, Map<String, String> variables) {
    return resolve(conf, ConfigResolveOptions.noSystem().appendResolver(new Variables(variables)));
  }

  private static Config resolve(Config conf, ConfigResolveOptions options) {
    try {
      return conf.resolve(options);
    } catch (ConfigException mistake) {
      throw mendable(mistake);
    }
  }

  private record Variables(Map<String, String> values) implements ConfigResolver {
    @Override
    public ConfigValue lookup(String name) {
      String value = values.get(name);
      return value == null ? null : ConfigValueFactory.fromAnyRef(value, "the variable " + name);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
      return this;
    }
  }

  private static UserException mendable(ConfigException mistake) {
    ConfigOrigin origin = mistake.origin();
    String message = mistake.getMessage();
    if (origin != null && message.startsWith(origin.description() + ": ")) {
      message = message.substring(origin.description().length() + 2);
    }
    return new UserException(
        "%snot readable as HOCON: %s", Place.of(origin), message.replaceAll("\\s+", " "));
  }
}
