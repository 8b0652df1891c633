package io.convoy.launch;

import io.convoy.failure.UserException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a launch needs of this machine.
 *
 * @param environment variables
 */
record SparkInstallation(Map<String, String> environment) {
  private static final String PROGRAM = "spark-submit";

  private static final Pattern CORE = Pattern.compile("spark-core_([\\d.]+)-(\\d.*)\\.jar");

  /** The folders of the configuration of YARN and HDFS. */
  private static final List<String> HADOOP = List.of("HADOOP_CONF_DIR", "YARN_CONF_DIR");

  /** What spark-submit is called, found or not. */
  String nameOfSparkSubmit() {
    return home().map(home -> inside(home).toString()).orElse(PROGRAM);
  }

  /**
   * The full path of spark-submit: that of {@code SPARK_HOME}, or else of the {@code PATH}.
   *
   * @throws UserException if there is none
   */
  String sparkSubmit() {
    if (home().isPresent()) {
      Path program = inside(home().get());
      if (!Files.isExecutable(program)) {
        throw new UserException(
            "SPARK_HOME is %s, and there is no program %s: set it to the folder of a Spark 3.5.",
            home().get(), program);
      }
      checkVersion(Path.of(home().get()));
      return program.toString();
    }
    String path = environment.getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, PROGRAM))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst()
        .map(Path::toString)
        .orElseThrow(
            () ->
                new UserException(
                    "There is no Spark: SPARK_HOME is not set, and no folder of the PATH (%s) has"
                        + " spark-submit; set SPARK_HOME to the folder of a Spark 3.5.",
                    path));
  }

  /** The jars tell the version; a folder without them is left for spark-submit to judge. */
  private static void checkVersion(Path home) {
    String[] names = home.resolve("jars").toFile().list();
    Arrays.stream(names == null ? new String[0] : names)
        .map(CORE::matcher)
        .filter(Matcher::matches)
        .filter(core -> !core.group(1).equals("2.12") || !core.group(2).startsWith("3.5."))
        .findFirst()
        .ifPresent(
            core -> {
              throw new UserException(
                  "SPARK_HOME is %s, a Spark %s with Scala %s: set it to the folder of a Spark 3.5"
                      + " with Scala 2.12.",
                  home, core.group(2), core.group(1));
            });
  }

  /**
   * Checks that YARN can be found.
   *
   * @throws UserException if no variable names the folder of its configuration
   */
  void checkHadoopConfiguration() {
    List<String> set = HADOOP.stream().filter(name -> variable(name).isPresent()).toList();
    if (set.isEmpty()) {
      throw new UserException(
          "Neither HADOOP_CONF_DIR nor YARN_CONF_DIR is set: set one to the folder of the cluster's"
              + " configuration (yarn-site.xml, core-site.xml).");
    }
    for (String name : set) {
      String folder = variable(name).orElseThrow();
      if (!Files.isDirectory(Path.of(folder))) {
        throw new UserException("%s is %s, and there is no such folder.", name, folder);
      }
    }
  }

  private Optional<String> home() {
    return variable("SPARK_HOME");
  }

  private static Path inside(String home) {
    return Path.of(home, "bin", PROGRAM).toAbsolutePath();
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
