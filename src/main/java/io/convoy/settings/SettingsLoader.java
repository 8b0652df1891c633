package io.convoy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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
    return load(ConfigFactory.empty(), Hocon.parse(userConfText, origin), overrides);
  }

  /**
   * The same for a network that is trained already, whose recipe lies between the defaults and the
   * user's file.
   *
   * @param epochs to train where neither file nor overrides say how many
   */
  public ResolvedSettings load(
      SavedRecipe recipe,
      int epochs,
      String userConfText,
      String origin,
      Map<String, String> overrides) {
    Config saved = Hocon.parse(recipe.conf(epochs), "the model's recipe");
    Config user = Hocon.parse(userConfText, origin);
    List<Config> above = new ArrayList<>(List.of(user));
    overrides.forEach((key, value) -> above.add(override(key, value)));
    for (String part : List.of("optimizer", "schedule")) {
      // What another kind is of would not do with the settings of the model's kind.
      String path = ConfigUtil.joinPath("architectures", recipe.architecture(), part);
      if (above.stream().anyMatch(conf -> names(conf, recipe.architecture(), part))) {
        saved = saved.withoutPath(path);
      }
    }
    return load(saved, user, overrides);
  }

  /** Whether a conf says which kind of optimizer or schedule an architecture has. */
  private static boolean names(Config conf, String architecture, String part) {
    ConfigValue value = conf.root();
    for (String key : List.of("architectures", architecture, part, "name")) {
      try {
        value = value instanceof ConfigObject object ? object.get(key) : null;
      } catch (ConfigException.NotResolved substitution) {
        return false;
      }
    }
    return value != null;
  }

  private static Config override(String key, String value) {
    return Hocon.parse(key + " = " + value, Place.COMMAND_LINE);
  }

  private static ResolvedSettings load(Config saved, Config user, Map<String, String> overrides) {
    Config defaults = Hocon.parse(defaultsText(), "the defaults");
    List<String> ready = ArchitectureOrder.of(defaults);
    Set<String> order = new LinkedHashSet<>(ready);
    List<String> ofFiles =
        Stream.of(user, saved).map(ArchitectureOrder::of).flatMap(List::stream).distinct().toList();
    order.addAll(ofFiles);
    Set<String> ofCommandLine = new LinkedHashSet<>();
    Config conf = user.withFallback(saved).withFallback(defaults);
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      Config one = override(override.getKey(), override.getValue());
      ofCommandLine.addAll(ArchitectureOrder.of(one));
      conf = one.withFallback(conf);
    }
    order.addAll(ofCommandLine);
    Section root = new Section("the conf", "", Hocon.resolve(conf).root());
    ArchitectureChoice choice = ArchitectureChoice.of(root, ready, ofFiles, ofCommandLine);
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
