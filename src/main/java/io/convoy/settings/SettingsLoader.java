package io.convoy.settings;

import com.typesafe.config.Config;
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
    Config defaults = Hocon.parse(defaultsText(), "the defaults");
    Config user = Hocon.parse(userConfText, origin);
    Set<String> order = new LinkedHashSet<>(ArchitectureOrder.of(defaults));
    order.addAll(ArchitectureOrder.of(user));
    Config conf = user.withFallback(defaults);
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      Config one = Hocon.parse(override.getKey() + " = " + override.getValue(), Place.COMMAND_LINE);
      order.addAll(ArchitectureOrder.of(one));
      conf = one.withFallback(conf);
    }
    Section root = new Section("the conf", "", Hocon.resolve(conf).root());
    Settings settings = new SettingsReader(defaults.root(), order).read(root);
    return new ResolvedSettings(settings, SettingsWriter.write(settings));
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
