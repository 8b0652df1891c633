package io.convoy.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.convoy.failure.UserException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads settings: command line over conf files over defaults, in HOCON. */
public final class SettingsLoader {
  private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s\"]+");

  /** A word in which HOCON would take the rest for a comment. */
  private static final Pattern COMMENTED = Pattern.compile("(?![\"\\[{])(?!.*\\$\\{).*(?://|#).*");

  /** The parts of an architecture whose keys depend on their name. */
  private static final List<String> KINDS = List.of("optimizer", "schedule");

  /** Reads and checks the settings of a run that has one conf file, or none. */
  public ResolvedSettings load(String userConfText, String origin, Map<String, String> overrides) {
    return load(List.of(new ConfFile(origin, userConfText)), overrides);
  }

  /**
   * Reads and checks the settings of a run. Its architectures are those that the user's files name,
   * new ones of the command line, and the defaults that {@code defaults} asks for; in the order of
   * the defaults, then of the user's files, then of the command line.
   *
   * @param files the user's conf files with their bases, the later over the earlier
   * @param overrides dotted keys and HOCON values of the command line, the later over the earlier
   * @throws UserException for a mistake in the files or the overrides, with line and key
   */
  public ResolvedSettings load(List<ConfFile> files, Map<String, String> overrides) {
    return load(ConfigFactory.empty(), parsed(files), commandLine(overrides));
  }

  /**
   * Reads the settings for a network that is trained already, whose recipe lies between the
   * defaults and the user's files.
   *
   * @param epochs to train where neither files nor overrides say how many
   */
  public ResolvedSettings load(
      SavedRecipe recipe, int epochs, List<ConfFile> files, Map<String, String> overrides) {
    Config saved = Hocon.parse(recipe.conf(epochs), recipe.place());
    List<Config> users = parsed(files);
    List<Override> overriding = commandLine(overrides);
    List<Config> above =
        Stream.concat(users.stream(), overriding.stream().map(Override::conf)).toList();
    for (String part : KINDS) {
      // What another kind is of would not do with the settings of the model's kind.
      if (above.stream().anyMatch(conf -> kind(conf, recipe.architecture(), part).isPresent())) {
        saved =
            saved.withoutPath(
                ConfigUtil.joinPath(Settings.ARCHITECTURES, recipe.architecture(), part));
      }
    }
    return load(saved, users, overriding);
  }

  private static List<Config> parsed(List<ConfFile> files) {
    return files.stream().map(ConfFile::settings).toList();
  }

  private static List<Override> commandLine(Map<String, String> overrides) {
    return overrides.entrySet().stream()
        .map(each -> Override.of(each.getKey(), each.getValue()))
        .toList();
  }

  /** Lays a conf over another, whose optimizers and schedules of other kinds it replaces whole. */
  private static Config over(Config earlier, Config later) {
    Config kept = earlier;
    for (String architecture : ArchitectureOrder.of(later)) {
      for (String part : KINDS) {
        Optional<Object> before = kind(earlier, architecture, part);
        Optional<Object> now = kind(later, architecture, part);
        if (before.isPresent() && now.isPresent() && !before.equals(now)) {
          kept = kept.withoutPath(ConfigUtil.joinPath(Settings.ARCHITECTURES, architecture, part));
        }
      }
    }
    return later.withFallback(kept);
  }

  /** Which kind of optimizer or schedule a conf says that an architecture has. */
  private static Optional<Object> kind(Config conf, String architecture, String part) {
    ConfigValue value = conf.root();
    try {
      for (String key : List.of(Settings.ARCHITECTURES, architecture, part, "name")) {
        value = value instanceof ConfigObject object ? object.get(key) : null;
      }
      return Optional.ofNullable(value).map(ConfigValue::unwrapped);
    } catch (ConfigException.NotResolved substitution) {
      return Optional.empty();
    }
  }

  /** A setting of the command line. */
  private record Override(Config conf, Kind kind) {
    /** What it gives. */
    private enum Kind {
      /** One key, over what else a block has. */
      KEY,
      /** A block, or several, which may be of another optimizer or schedule. */
      BLOCK
    }

    static Override of(String key, String value) {
      if (key.equals(ConfFile.BASED_ON)) {
        throw new UserException(
            "--set %s=%s: only a conf file has a base; give the conf with --conf.", key, value);
      }
      // In HOCON these want quotes, which a shell takes away.
      boolean isWord = ADDRESS.matcher(value).matches() || COMMENTED.matcher(value).matches();
      String written = isWord ? ConfigUtil.quoteString(value) : value;
      Config conf = Hocon.parse(key + " = " + written, Place.COMMAND_LINE);
      ConfigValue given = conf.root();
      for (String part : ConfigUtil.splitPath(key)) {
        given = given instanceof ConfigObject block ? block.get(part) : given;
      }
      return new Override(conf, given instanceof ConfigObject ? Kind.BLOCK : Kind.KEY);
    }
  }

  /** Before the photos are known: what an automatic recipe of any photos allows may be right. */
  private static ResolvedSettings load(Config saved, List<Config> users, List<Override> overrides) {
    return AutomaticRecipe.ofAnyPhotos(photos -> load(saved, users, overrides, photos));
  }

  private static ResolvedSettings load(
      Config saved, List<Config> users, List<Override> overrides, TrainingPhotos photos) {
    Config defaults = defaults();
    List<String> ready = ArchitectureOrder.of(defaults);
    Set<String> order = new LinkedHashSet<>(ready);
    List<String> ofFiles =
        Stream.concat(users.stream(), Stream.of(saved))
            .map(ArchitectureOrder::of)
            .flatMap(List::stream)
            .distinct()
            .toList();
    order.addAll(ofFiles);
    Set<String> ofCommandLine = new LinkedHashSet<>();
    Config given = users.stream().reduce(ConfigFactory.empty(), SettingsLoader::over);
    given = given.withFallback(saved);
    for (Override override : overrides) {
      ofCommandLine.addAll(ArchitectureOrder.of(override.conf));
      given =
          switch (override.kind) {
            case BLOCK -> over(given, override.conf);
            case KEY -> override.conf.withFallback(given);
          };
    }
    order.addAll(ofCommandLine);
    Config conf = Hocon.resolve(given.withFallback(defaults));
    Map<String, AutomaticRecipe> automatic =
        AutomaticRecipe.of(section(conf), photos, precision(given));
    for (Map.Entry<String, AutomaticRecipe> each : automatic.entrySet()) {
      String path = ConfigUtil.joinPath(Settings.ARCHITECTURES, each.getKey());
      conf = conf.withValue(path, each.getValue().fill(conf.getObject(path)));
    }
    Section root = section(conf);
    ArchitectureChoice choice = ArchitectureChoice.of(root, ready, ofFiles, ofCommandLine);
    Settings settings = Settings.read(root, defaults.root(), order, choice, photos);
    SearchSettings search =
        SearchSettings.read(root.section("search"), root.section(Settings.ARCHITECTURES));
    TrackingSettings tracking = TrackingSettings.read(root.section("tracking"));
    return new ResolvedSettings(
        settings,
        search,
        tracking,
        settings.hocon(),
        Stream.concat(
                settings.images().choice(root.section("images"), photos).stream(),
                settings.architectures().stream()
                    .filter(each -> automatic.containsKey(each.name()))
                    .map(each -> automatic.get(each.name()).words(each)))
            .toList(),
        settings.images().given(root.section("images")),
        known -> load(saved, users, overrides, known));
  }

  private static Section section(Config conf) {
    return new Section("the conf", "", conf.root());
  }

  /** What networks may compute with where no more than the defaults say it. */
  private static Optional<String> precision(Config given) {
    try {
      return given.hasPath("train.precision") ? Optional.empty() : Optional.of(Precision.AUTO);
    } catch (ConfigException.NotResolved substitution) {
      return Optional.empty();
    }
  }

  /** The names of the networks that are there by default, in their order. */
  public List<String> defaultArchitectures() {
    return ArchitectureOrder.of(defaults());
  }

  /** Those of them whose settings are the same for all photos, the tutorial's. */
  public List<String> tutorialArchitectures() {
    Config architectures = defaults().getConfig(Settings.ARCHITECTURES);
    return defaultArchitectures().stream()
        .filter(
            name ->
                !architectures.getConfig(ConfigUtil.joinPath(name)).hasPath(AutomaticRecipe.KEY))
        .toList();
  }

  private static Config defaults() {
    return Hocon.parse(ConfFile.shipped("convoy").text(), "the defaults");
  }
}
