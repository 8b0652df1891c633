package io.convoy.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSubmitLineTest {
  private static final String DRIVER_OPTIONS =
      "-Dorg.bytedeco.javacpp.maxbytes=3303m -Dorg.bytedeco.javacpp.maxphysicalbytes=6144m"
          + " -Djava.awt.headless=true";
  private static final String EXECUTOR_OPTIONS =
      "spark.executor.extraJavaOptions=-Dorg.bytedeco.javacpp.maxbytes=4532m"
          + " -Dorg.bytedeco.javacpp.maxphysicalbytes=8192m -XX:+ExitOnOutOfMemoryError";

  @TempDir Path folder;

  private static List<String> words(String profile, String... arguments) {
    return words(Map.of(), profile, arguments);
  }

  private static List<String> words(
      Map<String, String> environment, String profile, String... arguments) {
    Invocation given = Invocation.read(profile, List.of(arguments));
    Profile read = Profile.read(Path.of(""), environment, given);
    return SparkSubmitLine.of("spark-submit", read, "target/convoy.jar", given.command());
  }

  @Test
  void localModeHasOneProcess() {
    assertEquals(
        List.of(
            "spark-submit",
            "--class",
            "io.convoy.Convoy",
            "--master",
            "local[*]",
            "--deploy-mode",
            "client",
            "--driver-memory",
            "2457m",
            "--driver-java-options",
            DRIVER_OPTIONS,
            "--conf",
            "spark.app.name=convoy run -> first",
            "--conf",
            "spark.driver.memoryOverhead=3687m",
            "target/convoy.jar",
            "run",
            "--out",
            "first"),
        words("local", "run", "--out", "first"));
  }

  @Test
  void standaloneIsToldTheCoresOfAllExecutors() {
    assertEquals(
        List.of(
            "spark-submit",
            "--class",
            "io.convoy.Convoy",
            "--master",
            "spark://master:7077",
            "--deploy-mode",
            "client",
            "--total-executor-cores",
            "8",
            "--executor-cores",
            "4",
            "--executor-memory",
            "3276m",
            "--driver-memory",
            "2457m",
            "--driver-java-options",
            DRIVER_OPTIONS,
            "--conf",
            "spark.app.name=convoy run",
            "--conf",
            "spark.convoy.launcher=standalone",
            "--conf",
            "spark.executor.memoryOverhead=4916m",
            "--conf",
            EXECUTOR_OPTIONS,
            "--conf",
            "spark.executorEnv.OMP_NUM_THREADS=4",
            "--conf",
            "spark.executorEnv.LC_ALL=C.UTF-8",
            "--conf",
            "spark.driver.memoryOverhead=3687m",
            "--conf",
            "spark.convoy.executorsWait=10m",
            "target/convoy.jar",
            "run"),
        words(Map.of("CONVOY_MASTER", "spark://master:7077"), "standalone", "run"));
  }

  @Test
  void yarnIsToldTheNumberOfExecutors() {
    assertEquals(
        List.of(
            "spark-submit",
            "--class",
            "io.convoy.Convoy",
            "--master",
            "yarn",
            "--deploy-mode",
            "client",
            "--num-executors",
            "2",
            "--executor-cores",
            "4",
            "--executor-memory",
            "3276m",
            "--driver-memory",
            "2457m",
            "--driver-java-options",
            DRIVER_OPTIONS,
            "--conf",
            "spark.app.name=convoy run",
            "--conf",
            "spark.convoy.launcher=yarn",
            "--conf",
            "spark.executor.memoryOverhead=4916m",
            "--conf",
            EXECUTOR_OPTIONS,
            "--conf",
            "spark.executorEnv.OMP_NUM_THREADS=4",
            "--conf",
            "spark.executorEnv.LC_ALL=C.UTF-8",
            "--conf",
            "spark.driver.memoryOverhead=3687m",
            "--conf",
            "spark.convoy.executorsWait=10m",
            "target/convoy.jar",
            "run"),
        words("yarn-client", "run"));
  }

  @Test
  void theDriverInAContainerOfYarnHasCoresAndThreads() {
    assertEquals(
        List.of(
            "spark-submit",
            "--class",
            "io.convoy.Convoy",
            "--master",
            "yarn",
            "--deploy-mode",
            "cluster",
            "--num-executors",
            "2",
            "--executor-cores",
            "4",
            "--executor-memory",
            "3276m",
            "--driver-memory",
            "2457m",
            "--driver-cores",
            "2",
            "--driver-java-options",
            DRIVER_OPTIONS,
            "--conf",
            "spark.app.name=convoy run",
            "--conf",
            "spark.convoy.launcher=yarn",
            "--conf",
            "spark.executor.memoryOverhead=4916m",
            "--conf",
            EXECUTOR_OPTIONS,
            "--conf",
            "spark.executorEnv.OMP_NUM_THREADS=4",
            "--conf",
            "spark.executorEnv.LC_ALL=C.UTF-8",
            "--conf",
            "spark.driver.memoryOverhead=3687m",
            "--conf",
            "spark.yarn.appMasterEnv.OMP_NUM_THREADS=2",
            "--conf",
            "spark.yarn.appMasterEnv.LC_ALL=C.UTF-8",
            "--conf",
            "spark.convoy.executorsWait=10m",
            "target/convoy.jar",
            "run"),
        words("yarn-cluster", "run"));
  }

  @Test
  void kubernetesHasAnImageAndTheJarInIt() {
    assertEquals(
        List.of(
            "spark-submit",
            "--class",
            "io.convoy.Convoy",
            "--master",
            "k8s://https://host:6443",
            "--deploy-mode",
            "cluster",
            "--num-executors",
            "2",
            "--executor-cores",
            "4",
            "--executor-memory",
            "3276m",
            "--driver-memory",
            "2457m",
            "--driver-cores",
            "2",
            "--driver-java-options",
            DRIVER_OPTIONS,
            "--conf",
            "spark.app.name=convoy run",
            "--conf",
            "spark.convoy.launcher=kubernetes",
            "--conf",
            "spark.executor.memoryOverhead=4916m",
            "--conf",
            EXECUTOR_OPTIONS,
            "--conf",
            "spark.executorEnv.OMP_NUM_THREADS=4",
            "--conf",
            "spark.executorEnv.LC_ALL=C.UTF-8",
            "--conf",
            "spark.driver.memoryOverhead=3687m",
            "--conf",
            "spark.kubernetes.driverEnv.OMP_NUM_THREADS=2",
            "--conf",
            "spark.kubernetes.driverEnv.LC_ALL=C.UTF-8",
            "--conf",
            "spark.kubernetes.container.image=lab/convoy:1",
            "--conf",
            "spark.kubernetes.namespace=default",
            "--conf",
            "spark.convoy.executorsWait=10m",
            "--conf",
            "spark.kubernetes.authenticate.driver.serviceAccountName=spark",
            "local:///opt/convoy/convoy.jar",
            "run"),
        words("kubernetes", "--master", "k8s://https://host:6443", "--image=lab/convoy:1", "run"));
  }

  @Test
  void theClusterOptionIsTheClusterProfile() {
    List<String> cluster = words("yarn-cluster", "run");
    assertEquals(cluster, words("yarn-client", "--cluster", "run"));
    assertEquals(cluster, words("yarn-client", "--deploy-mode", "cluster", "run"));
  }

  @Test
  void optionsGoOverTheUsersProfileAndThatOverTheNamedOne() throws IOException {
    Path mine = folder.resolve("mine.conf");
    Files.writeString(
        mine, "executors = 3, executor { memory = 16g, cores = 8 }, spark { yarn.queue = lab }");
    List<String> words =
        words("yarn-client", "--profile", mine.toString(), "--executor-cores", "6", "run");
    assertEquals("3", after(words, "--num-executors"));
    assertEquals("6", after(words, "--executor-cores"));
    assertEquals("6553m", after(words, "--executor-memory"));
    assertTrue(words.contains("spark.yarn.queue=lab"), words::toString);
  }

  @Test
  void javaOptionsOfTheUserComeAfterTheLaunchers() {
    List<String> words =
        words(
            "yarn-client",
            "--spark",
            "spark.executor.extraJavaOptions=-Da=1",
            "--spark",
            "spark.driver.extraJavaOptions=-Db=2",
            "run");
    assertTrue(words.contains(EXECUTOR_OPTIONS + " -Da=1"), words::toString);
    assertEquals(DRIVER_OPTIONS + " -Db=2", after(words, "--driver-java-options"));
  }

  @Test
  void aLaterSettingOfSparksCountsOverAnEarlierOne() {
    List<String> words =
        words("yarn-client", "--spark", "spark.x=1", "--spark", "spark.x=2=3", "run");
    assertTrue(words.contains("spark.x=2=3"), words::toString);
    assertFalse(words.contains("spark.x=1"), words::toString);
  }

  @Test
  void aConfFileTravelsToTheClustersDriver() throws IOException {
    String conf = Files.writeString(folder.resolve("my net.conf"), "").toString();
    List<String> words = words("yarn-cluster", "run", "--conf", conf, "--epochs", "1");
    assertEquals(conf, after(words, "--files"));
    assertEquals(
        List.of("run", "--conf", "my net.conf", "--epochs", "1"),
        words.subList(words.size() - 5, words.size()));
  }

  @Test
  void aConfFileInOneWordTravelsToo() throws IOException {
    Path conf = Files.writeString(folder.resolve("net.conf"), "");
    List<String> words = words("yarn-cluster", "run", "--conf=" + conf.toUri());
    assertEquals(conf.toString(), after(words, "--files"));
    assertEquals("--conf=net.conf", words.get(words.size() - 1));
  }

  @Test
  void confFilesTravelWithTheirBases() throws IOException {
    Path nets = Files.createDirectory(folder.resolve("nets"));
    Path base = Files.writeString(folder.resolve("base.conf"), "based-on = modern");
    Path net = Files.writeString(nets.resolve("net.conf"), "based-on = ../base.conf");
    Path more = Files.writeString(folder.resolve("more.conf"), "based-on = \"hdfs:///far.conf\"");
    List<String> words = words("yarn-cluster", "run", "--conf", net.toString(), "--conf=" + more);
    assertEquals(net + "," + base + "," + more, after(words, "--files"));
    assertTrue(words.contains("spark.hadoop.convoy.confs.sent=true"), words::toString);
    assertEquals(
        List.of("run", "--conf", "net.conf", "--conf=more.conf"),
        words.subList(words.size() - 4, words.size()));
  }

  @Test
  void twoConfFilesOfOneNameCannotTravel() throws IOException {
    Path nets = Files.createDirectory(folder.resolve("nets"));
    Path base = Files.writeString(folder.resolve("net.conf"), "");
    Path net = Files.writeString(nets.resolve("net.conf"), "based-on = ../net.conf");
    assertEquals(
        net
            + " and "
            + base
            + ": Spark sends files by their bare names, which are the same; rename"
            + " one.",
        assertThrows(
                UserException.class, () -> words("yarn-cluster", "run", "--conf", net.toString()))
            .getMessage());
  }

  @Test
  void aConfFileTravelsBesideTheUsersFiles() throws IOException {
    String conf = Files.writeString(folder.resolve("net.conf"), "").toString();
    List<String> words =
        words("yarn-cluster", "--spark", "spark.files=hdfs:///a", "run", "--conf", conf);
    assertEquals("hdfs:///a," + conf, after(words, "--files"));
  }

  @Test
  void aConfFileStaysWhereBothSidesReachIt() {
    List<String> remote = words("yarn-cluster", "run", "--conf", "hdfs:///net.conf");
    assertFalse(remote.contains("--files"), remote::toString);
    assertEquals("hdfs:///net.conf", after(remote.subList(2, remote.size()), "run", 2));
    List<String> here = words("yarn-client", "run", "--conf", "nets/net.conf");
    assertFalse(here.contains("--files"), here::toString);
    assertEquals("nets/net.conf", here.get(here.size() - 1));
  }

  private static String after(List<String> words, String word) {
    return after(words, word, 1);
  }

  private static String after(List<String> words, String word, int steps) {
    return words.get(words.indexOf(word) + steps);
  }
}
