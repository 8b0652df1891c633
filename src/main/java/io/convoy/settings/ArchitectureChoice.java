package io.convoy.settings;

import com.typesafe.config.ConfigValueType;
import io.convoy.failure.UserException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the architectures that a conf has are trained: those that the user's file names, and the
 * defaults that {@code defaults} asks for; all defaults where nothing is named.
 *
 * @param wanted their names
 * @param ofCommandLine the names that the command line sets something of
 */
record ArchitectureChoice(Set<String> wanted, Set<String> ofCommandLine) {
  private static final String REQUIREMENT =
      "auto, or a list of networks that are there by default, such as [mlp, conv24]";

  /**
   * Reads the choice.
   *
   * @param conf resolved, with all architectures
   * @param ready names of the defaults
   * @param ofFile names that the user's file has
   */
  static ArchitectureChoice of(
      Section conf, List<String> ready, List<String> ofFile, Set<String> ofCommandLine) {
    Set<String> wanted = new LinkedHashSet<>(ofFile);
    wanted.addAll(conf.section("architectures").keys());
    wanted.removeIf(name -> ready.contains(name) && !ofFile.contains(name));
    wanted.removeIf(name -> isRemoved(conf, name));
    Entry defaults = conf.entry("defaults");
    if (defaults.text().filter("auto"::equals).isEmpty()) {
      for (Entry member : defaults.list(REQUIREMENT)) {
        String name = member.text().orElseThrow(() -> defaults.mustBe(REQUIREMENT));
        if (!ready.contains(name)) {
          throw member.oneOf(ready.stream());
        }
        wanted.add(name);
      }
    } else if (wanted.isEmpty()) {
      wanted.addAll(ready);
    }
    return new ArchitectureChoice(wanted, ofCommandLine);
  }

  private static boolean isRemoved(Section conf, String name) {
    return conf.section("architectures")
        .optional(name)
        .map(block -> block.value().valueType() == ConfigValueType.NULL)
        .orElse(true);
  }

  /**
   * Whether the architecture is trained.
   *
   * @throws UserException if it is not, and the command line sets something of it all the same
   */
  boolean takes(String name) {
    if (!wanted.contains(name) && ofCommandLine.contains(name)) {
      throw new UserException(
          "architectures.%s is set on the command line, but the conf trains %s: add %s with --set"
              + " 'defaults=[%s]', or leave it out.",
          name, String.join(", ", wanted), name, name);
    }
    return wanted.contains(name);
  }
}
