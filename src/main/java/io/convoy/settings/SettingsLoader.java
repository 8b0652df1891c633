package io.convoy.settings;

import com.typesafe.config.Config;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads settings: command line over conf file over defaults, in HOCON. */
public final class SettingsLoader {
  private static final String DEFAULTS = "convoy.conf";

  /**
   * Reads and checks the settings of a run. Its architectures are those that the user's file names,
   * new ones of the command line, and the defaults that {@code defaults} asks for; in the order of
   * the defaults, then of the user's file, then of the command line.
   *
   * @param userConfText text of the user's conf file, may be empty
   * @param origin the file's name, for messages
   * @param overrides dotted keys and HOCON values of the command line, the later over the earlier
   * @throws UserException for a mistake in the file or the overrides, with line and key
   */
  public ResolvedSettings load(String userConfText, String origin, Map<String, String> overrides) {
    Config defaults = Hocon.parse(defaultsText(), "the defaults");
    Config user = Hocon.parse(userConfText, origin);
    List<String> ready = ArchitectureOrder.of(defaults);
    Set<String> order = new LinkedHashSet<>(ready);
    order.addAll(ArchitectureOrder.of(user));
    Set<String> ofCommandLine = new LinkedHashSet<>();
    Config conf = user.withFallback(defaults);
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      Config one = Hocon.parse(override.getKey() + " = " + override.getValue(), Place.COMMAND_LINE);
      ofCommandLine.addAll(ArchitectureOrder.of(one));
      conf = one.withFallback(conf);
    }
    order.addAll(ofCommandLine);
    Section root = new Section("the conf", "", Hocon.resolve(conf).root());
    ArchitectureChoice choice =
        ArchitectureChoice.of(root, ready, ArchitectureOrder.of(user), ofCommandLine);
    Settings settings = new SettingsReader(defaults.root(), order, choice).read(root);
    return new ResolvedSettings(settings, SettingsWriter.write(settings));
  }

  /** The names of the networks that are there by default, in their order. */
  public List<String> defaultArchitectures() {
    return ArchitectureOrder.of(Hocon.parse(defaultsText(), "the defaults"));
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
