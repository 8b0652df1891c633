package io.convoy.launch;

import io.convoy.launch.Profile.DeployMode;
import io.convoy.launch.Profile.Executors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the line of spark-submit. */
final class SparkSubmitLine {
  private static final String OPENMP = "OMP_NUM_THREADS";

  /** Java reads the names of files by it. */
  private static final String LOCALE = "LC_ALL";

  private static final String UTF_8 = "C.UTF-8";

  private final Profile profile;

  /** For {@code --conf}. */
  private final Map<String, String> settings = new LinkedHashMap<>();

  private SparkSubmitLine(Profile profile) {
    this.profile = profile;
  }

  /**
   * The words of the line.
   *
   * @param program spark-submit
   * @param jar the job jar of this machine
   * @param command convoy's, with its options
   */
  static List<String> of(String program, Profile profile, String jar, List<String> command) {
    return new SparkSubmitLine(profile).write(program, profile.jar().orElse(jar), command);
  }

  private List<String> write(String program, String jar, List<String> command) {
    SentConf conf = clusterMode() ? SentConf.of(command) : new SentConf(command, List.of());
    List<String> words = new ArrayList<>(List.of(program, "--class", "io.convoy.Convoy"));
    words.addAll(List.of("--master", profile.master()));
    words.addAll(List.of("--deploy-mode", profile.deployMode().word()));
    settings.put("spark.app.name", ApplicationName.of(command));
    profile.executors().ifPresent(executors -> words.addAll(executors(executors)));
    words.addAll(driver());
    profile.spark().forEach(this::lay);
    // spark-submit has options for these two, which would hide the settings.
    words.addAll(List.of("--driver-java-options", settings.remove(SparkSettings.DRIVER_OPTIONS)));
    List<String> files =
        Stream.concat(
                Optional.ofNullable(settings.remove(SparkSettings.FILES)).stream(),
                conf.files().stream())
            .toList();
    if (!files.isEmpty()) {
      words.addAll(List.of("--files", String.join(",", files)));
    }
    if (!conf.files().isEmpty()) {
      settings.put(SentConf.SENT, "true");
    }
    settings.forEach((key, value) -> words.addAll(List.of("--conf", key + "=" + value)));
    words.add(jar);
    words.addAll(conf.command());
    return List.copyOf(words);
  }

  private boolean clusterMode() {
    return profile.deployMode() == DeployMode.CLUSTER;
  }

  private List<String> executors(Executors executors) {
    ProcessResources each = executors.each();
    // For convoy to name the options that its user has.
    settings.put("spark.convoy.launcher", profile.cluster().word());
    settings.put("spark.executor.memoryOverhead", ProcessResources.mebibytes(each.overhead()));
    settings.put(
        SparkSettings.EXECUTOR_OPTIONS,
        String.join(" ", each.javaOptions()) + " -XX:+ExitOnOutOfMemoryError");
    settings.put("spark.executorEnv." + OPENMP, Integer.toString(each.openMpThreads()));
    settings.put("spark.executorEnv." + LOCALE, UTF_8);
    boolean standalone = profile.cluster() == ClusterType.STANDALONE;
    return List.of(
        standalone ? "--total-executor-cores" : "--num-executors",
        Integer.toString(standalone ? executors.totalCores() : executors.count()),
        "--executor-cores",
        Integer.toString(each.cores()),
        "--executor-memory",
        ProcessResources.mebibytes(each.heap()));
  }

  private List<String> driver() {
    ProcessResources driver = profile.driver();
    settings.put("spark.driver.memoryOverhead", ProcessResources.mebibytes(driver.overhead()));
    settings.put(
        SparkSettings.DRIVER_OPTIONS,
        String.join(" ", driver.javaOptions()) + " -Djava.awt.headless=true");
    List<String> words =
        new ArrayList<>(List.of("--driver-memory", ProcessResources.mebibytes(driver.heap())));
    if (clusterMode()) {
      words.addAll(List.of("--driver-cores", Integer.toString(driver.cores())));
      settings.put(
          profile.cluster().driverVariables() + OPENMP, Integer.toString(driver.openMpThreads()));
      settings.put(profile.cluster().driverVariables() + LOCALE, UTF_8);
    }
    return words;
  }

  /** Lays a setting of the user's over the launcher's; Java's options go behind those. */
  private void lay(String key, String value) {
    boolean javaOptions =
        key.equals(SparkSettings.EXECUTOR_OPTIONS) || key.equals(SparkSettings.DRIVER_OPTIONS);
    settings.merge(key, value, (ours, users) -> javaOptions ? ours + " " + users : users);
  }
}
