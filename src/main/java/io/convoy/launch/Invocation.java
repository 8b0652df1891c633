package io.convoy.launch;

import io.convoy.failure.UserException;
import io.convoy.launch.Profile.DeployMode;
import io.convoy.settings.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a launcher was asked for.
 *
 * @param profile of {@code conf/profiles}, without {@code .conf}
 * @param file the user's own profile, over the named one
 * @param settings options that go over the profiles, by their keys there
 * @param spark {@code KEY=VALUE} of Spark, the later over the earlier
 * @param action what to do with the line
 * @param command convoy's, with its options
 */
record Invocation(
    ClusterType cluster,
    String profile,
    Optional<String> file,
    Map<String, String> settings,
    List<String> spark,
    Action action,
    List<String> command) {

  private static final String DRY_RUN = "--dry-run";
  private static final String CLUSTER_MODE = "--cluster";
  private static final String DEPLOY_MODE = "--deploy-mode";
  private static final String PROFILE = "--profile";
  private static final String SPARK = "--spark";

  /** The options that stand for one setting of the profile. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("--master", "master"),
          Map.entry(DEPLOY_MODE, "deploy-mode"),
          Map.entry("--executors", "executors"),
          Map.entry("--executor-memory", "executor.memory"),
          Map.entry("--executor-cores", "executor.cores"),
          Map.entry("--driver-memory", "driver.memory"),
          Map.entry("--driver-cores", "driver.cores"),
          Map.entry("--image", "image"),
          Map.entry("--namespace", "namespace"),
          Map.entry("--jar", "jar"));

  /** Options of convoy's commands, by their names, that have the name of one of these. */
  private static final Map<String, Set<String>> COMMANDS_TOO =
      Map.of("filters", Set.of("--image"), "plan", Set.of("--executors"));

  /** To run the line, or to print it alone. */
  enum Action {
    RUN,
    DRY_RUN
  }

  /**
   * Reads a command line, as far as the name of convoy's command.
   *
   * @param profile the name that the launcher has for it
   * @param arguments the launcher's options, convoy's command, and convoy's options
   * @throws UserException if an option is unknown or wants a value, or the command is missing
   */
  static Invocation read(String profile, List<String> arguments) {
    return new Options(cluster(profile), profile).read(arguments);
  }

  /**
   * The cluster that a profile is for.
   *
   * @throws UserException if there is no such profile
   */
  static ClusterType cluster(String profile) {
    return ClusterType.of(profile)
        .orElseThrow(
            () ->
                new UserException(
                    "There is no profile %s: %sthe profiles are %s.",
                    profile,
                    Spelling.question(profile, profiles()),
                    String.join(", ", profiles())));
  }

  private static List<String> profiles() {
    return Arrays.stream(ClusterType.values())
        .flatMap(cluster -> cluster.profiles().stream())
        .toList();
  }

  /** The options as they are read, one behind the other. */
  private static final class Options {
    private final ClusterType cluster;
    private final String profile;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> spark = new ArrayList<>();
    private Optional<String> file = Optional.empty();

    Options(ClusterType cluster, String profile) {
      this.cluster = cluster;
      this.profile = profile;
    }

    Invocation read(List<String> arguments) {
      List<String> words = new ArrayList<>(arguments);
      Action action = words.removeAll(List.of(DRY_RUN)) ? Action.DRY_RUN : Action.RUN;
      int next = 0;
      while (next < words.size() && words.get(next).startsWith("-")) {
        next = option(words, next);
      }
      List<String> command = List.copyOf(words.subList(next, words.size()));
      if (command.isEmpty()) {
        throw new UserException(
            "A command is missing, as in submit/%s run --images DIR --out DIR.", cluster.word());
      }
      refuseOwnOptions(command);
      return new Invocation(cluster, profile(), file, settings, spark, action, command);
    }

    /** The named profile, that of the deploy mode where one is given. */
    private String profile() {
      return Arrays.stream(DeployMode.values())
          .filter(mode -> mode.word().equals(settings.get("deploy-mode")))
          .findFirst()
          .map(cluster::profile)
          .orElse(profile);
    }

    /** Reads an option, and returns where the next word is. */
    private int option(List<String> words, int position) {
      String word = words.get(position);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (name.equals(CLUSTER_MODE) && equals < 0) {
        settings.put("deploy-mode", DeployMode.CLUSTER.word());
        return position + 1;
      }
      if (!takesValue(name)) {
        throw unknown(name);
      }
      if (equals < 0 && position + 1 == words.size()) {
        throw new UserException("%s wants a value after it.", name);
      }
      set(name, equals < 0 ? words.get(position + 1) : word.substring(equals + 1));
      return equals < 0 ? position + 2 : position + 1;
    }

    private static boolean takesValue(String name) {
      return KEYS.containsKey(name) || name.equals(PROFILE) || name.equals(SPARK);
    }

    private void set(String name, String value) {
      switch (name) {
        case PROFILE -> file = Optional.of(value);
        case SPARK -> spark.add(value);
        default -> settings.put(KEYS.get(name), value);
      }
    }

    private UserException unknown(String name) {
      SortedSet<String> known = new TreeSet<>(KEYS.keySet());
      known.addAll(List.of(PROFILE, SPARK, CLUSTER_MODE, DRY_RUN, "--help"));
      return new UserException(
          "submit/%s has no option %s: %sthe launcher's are %s; convoy's come after its command.",
          cluster.word(), name, Spelling.question(name, known), String.join(", ", known));
    }

    /** The command would not know them, and say so on the cluster only. */
    private void refuseOwnOptions(List<String> command) {
      Set<String> also = COMMANDS_TOO.getOrDefault(command.get(0), Set.of());
      for (String word : command) {
        String name = word.replaceFirst("=.*", "");
        if ((takesValue(name) || name.equals(CLUSTER_MODE)) && !also.contains(name)) {
          throw new UserException(
              "%s is an option of submit/%s: put it before %s.",
              name, cluster.word(), command.get(0));
        }
      }
    }
  }
}
