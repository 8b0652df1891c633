package io.convoy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Reads settings: command line over conf file over defaults, in HOCON. */
public final class SettingsLoader {
  private static final String DEFAULTS = "convoy.conf";

  /**
   * Reads and checks the settings of a run. Its architectures are in the order of the defaults,
   * then of the user's file, then of the command line.
   *
   * @param userConfText text of the user's conf file, may be empty
   * @param origin the file's name, for messages
   * @param overrides dotted keys and HOCON values of the command line, the later over the earlier
   * @throws UserException for a mistake in the file or the overrides, with line and key
   */
  public ResolvedSettings load(String userConfText, String origin, Map<String, String> overrides) {
    Config defaults = parse(defaultsText(), "the defaults");
    Config user = parse(userConfText, origin);
    Set<String> order = new LinkedHashSet<>(ArchitectureOrder.of(defaults));
    order.addAll(ArchitectureOrder.of(user));
    Config conf = user.withFallback(defaults);
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      Config one = parse(override.getKey() + " = " + override.getValue(), Place.COMMAND_LINE);
      order.addAll(ArchitectureOrder.of(one));
      conf = one.withFallback(conf);
    }
    Section root = new Section("the conf", "", resolve(conf).root());
    Settings settings = new SettingsReader(defaults.root(), order).read(root);
    return new ResolvedSettings(settings, SettingsWriter.write(settings));
  }

  private static Config parse(String text, String origin) {
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

  private static Config resolve(Config conf) {
    try {
      return conf.resolve();
    } catch (ConfigException mistake) {
      throw mendable(mistake);
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

  private static String defaultsText() {
    try (InputStream resource = SettingsLoader.class.getResourceAsStream(DEFAULTS)) {
      if (resource == null) {
        throw new IllegalStateException("The jar lacks io/convoy/settings/" + DEFAULTS);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
