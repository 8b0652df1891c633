package io.convoy.launch;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.convoy.failure.UserException;
import io.convoy.settings.Entry;
import io.convoy.settings.Hocon;
import io.convoy.settings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How Spark is started: the options of the command line over the profile.
 *
 * @param executors none in local mode, where the driver does all
 * @param jar the job jar where it is not the one of this machine
 * @param spark further settings of Spark by their full names, in their order
 */
record Profile(
    ClusterType cluster,
    String master,
    DeployMode deployMode,
    Optional<Executors> executors,
    ProcessResources driver,
    Optional<String> jar,
    Map<String, String> spark) {
  private static final int MOST_EXECUTORS = 100_000;
  private static final int MOST_CORES = 1024;

  /** Spark's way to write memory: the units are powers of 1024. */
  private static final Pattern MEMORY =
      Pattern.compile("(\\d{1,9})\\s*([mgt])(i?b)?", Pattern.CASE_INSENSITIVE);

  /** Where the driver runs: on this machine, or on the cluster. */
  enum DeployMode {
    CLIENT,
    CLUSTER;

    /** As it is written in profiles and on the command line. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The executors of a cluster, all alike.
   *
   * @param count at least 1
   * @param each of them
   */
  record Executors(int count, ProcessResources each) {
    int totalCores() {
      return count * each.cores();
    }
  }

  /**
   * Reads and checks the profile of an invocation: the command line over the user's file over the
   * one in {@code conf/profiles}.
   *
   * @param home the folder that {@code conf} is in
   * @param environment variables, which a profile may name as <code>${?NAME}</code>
   * @throws UserException for a mistake in it, with file, line and key
   */
  static Profile read(Path home, Map<String, String> environment, Invocation given) {
    ClusterType cluster = given.cluster();
    String name = "conf/profiles/" + given.profile() + ".conf";
    Config conf = Hocon.parse(text(home.resolve(name), name), name);
    if (given.file().isPresent()) {
      String file = given.file().get();
      conf = Hocon.parse(text(Path.of(file), file), file).withFallback(conf);
    }
    for (Map.Entry<String, String> setting : given.settings().entrySet()) {
      conf =
          ConfigValueFactory.fromAnyRef(setting.getValue(), "command line")
              .atPath(setting.getKey())
              .withFallback(conf);
    }
    Section root = new Section("the profile", "", Hocon.resolve(conf, environment).root());
    root.allow(known(cluster));
    Map<String, String> spark = new LinkedHashMap<>();
    if (cluster == ClusterType.KUBERNETES) {
      spark.put("spark.kubernetes.container.image", image(root));
      optional(root, "namespace")
          .ifPresent(namespace -> spark.put("spark.kubernetes.namespace", namespace));
    }
    spark.putAll(SparkSettings.read(root.section("spark"), given.spark()));
    return new Profile(
        cluster,
        master(root, cluster),
        deployMode(root.entry("deploy-mode"), cluster),
        cluster == ClusterType.LOCAL ? Optional.empty() : Optional.of(executors(root)),
        resources(root.section("driver")),
        optional(root, "jar"),
        spark);
  }

  private static String text(Path file, String shown) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UserException("%s cannot be read as a profile: check that it is there.", shown);
    }
  }

  private static List<String> known(ClusterType cluster) {
    List<String> keys = new ArrayList<>(List.of("master", "deploy-mode", "driver", "jar", "spark"));
    if (cluster != ClusterType.LOCAL) {
      keys.addAll(List.of("executors", "executor"));
    }
    if (cluster == ClusterType.KUBERNETES) {
      keys.addAll(List.of("image", "namespace"));
    }
    return keys;
  }

  private static Optional<String> optional(Section root, String key) {
    return root.optional(key)
        .map(entry -> entry.text().orElseThrow(() -> entry.mustBe("a word")))
        .filter(word -> !word.isBlank());
  }

  private static String master(Section root, ClusterType cluster) {
    String master =
        optional(root, "master")
            .orElseThrow(
                () ->
                    new UserException(
                        "submit/%s does not know the master: give --master %s, or set"
                            + " CONVOY_MASTER.",
                        cluster.word(), cluster.example()));
    if (!cluster.takes(master)) {
      throw root.entry("master").mustBe(cluster.example() + " for submit/" + cluster.word());
    }
    return master;
  }

  private static String image(Section root) {
    return optional(root, "image")
        .orElseThrow(
            () ->
                new UserException(
                    "submit/kubernetes does not know the image of the pods: give --image, or set"
                        + " image in a profile of your own."));
  }

  private static DeployMode deployMode(Entry entry, ClusterType cluster) {
    DeployMode mode =
        Arrays.stream(DeployMode.values())
            .filter(known -> entry.text().filter(known.word()::equals).isPresent())
            .findFirst()
            .orElseThrow(() -> entry.oneOf(Stream.of("client", "cluster")));
    if (!cluster.takes(mode)) {
      throw entry.mustBe("client for submit/" + cluster.word());
    }
    return mode;
  }

  private static Executors executors(Section root) {
    return new Executors(
        root.entry("executors").integer(1, MOST_EXECUTORS), resources(root.section("executor")));
  }

  private static ProcessResources resources(Section section) {
    section.allow(List.of("memory", "cores"));
    return new ProcessResources(
        memory(section.entry("memory")), section.entry("cores").integer(1, MOST_CORES));
  }

  private static long memory(Entry entry) {
    Matcher written = MEMORY.matcher(entry.text().orElse(""));
    if (!written.matches()) {
      throw entry.mustBe("a size such as 8g or 6144m");
    }
    long number = Long.parseLong(written.group(1));
    long size =
        switch (Character.toLowerCase(written.group(2).charAt(0))) {
          case 'g' -> number << 10;
          case 't' -> number << 20;
          default -> number;
        };
    if (size < ProcessResources.LEAST_MEMORY) {
      throw entry.mustBe(
          "at least "
              + ProcessResources.mebibytes(ProcessResources.LEAST_MEMORY)
              + ", all that the process may take");
    }
    return size;
  }
}
