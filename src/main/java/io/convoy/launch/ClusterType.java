package io.convoy.launch;

import io.convoy.launch.Profile.DeployMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Spark runs on. */
enum ClusterType {
  LOCAL("local", "local(\\[.+\\])?", "local, local[N] or local[*]"),
  STANDALONE("standalone", "spark://.+:\\d+", "spark://HOST:PORT"),
  YARN("yarn", "yarn", "yarn"),
  KUBERNETES("kubernetes", "k8s://.+", "k8s://https://HOST:PORT");

  private final String word;
  private final Pattern masters;
  private final String example;

  ClusterType(String word, String masters, String example) {
    this.word = word;
    this.masters = Pattern.compile(masters);
    this.example = example;
  }

  /** The cluster that a profile such as {@code yarn-client} is for. */
  static Optional<ClusterType> of(String profile) {
    return Arrays.stream(values())
        .filter(cluster -> cluster.profiles().contains(profile))
        .findAny();
  }

  /** The names of its profiles, those of YARN with the deploy mode at their end. */
  List<String> profiles() {
    return this == YARN ? List.of("yarn-client", "yarn-cluster") : List.of(word);
  }

  /** The profile for a deploy mode. */
  String profile(DeployMode mode) {
    return this == YARN ? word + "-" + mode.word() : word;
  }

  boolean takes(String master) {
    return masters.matcher(master).matches();
  }

  /** What its masters look like, for messages. */
  String example() {
    return example;
  }

  /** The name of its launcher in {@code submit}. */
  String word() {
    return word;
  }

  boolean takes(DeployMode mode) {
    return mode == DeployMode.CLIENT || this == YARN || this == KUBERNETES;
  }

  /** The first part of the setting that gives the driver of a cluster a variable. */
  String driverVariables() {
    return this == YARN ? "spark.yarn.appMasterEnv." : "spark.kubernetes.driverEnv.";
  }
}
