package io.convoy.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @TempDir Path folder;

  private static void assertMistake(Launched launched, String... parts) {
    assertEquals(2, launched.status(), launched::toString);
    assertEquals("", launched.out());
    assertEquals(1, launched.err().lines().count(), launched::toString);
    assertTrue(launched.err().startsWith("convoy: "), launched::toString);
    for (String part : parts) {
      assertTrue(launched.err().contains(part), part + " is not in " + launched);
    }
  }

  private Path spark() throws IOException {
    Path program = folder.resolve("bin/spark-submit");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\n");
    assertTrue(program.toFile().setExecutable(true));
    return program;
  }

  @Test
  void aDryRunIsTheLineAloneAndNeedsNoSpark() {
    Launched launched = Launched.with("yarn-client", "run", "--out", "a b", "--dry-run");
    assertEquals(0, launched.status(), launched::toString);
    assertEquals("", launched.err());
    assertTrue(launched.out().startsWith("spark-submit --class "), launched::toString);
    assertTrue(launched.out().endsWith(" run --out 'a b'\n"), launched::toString);
  }

  @Test
  void aDryRunHasTheFullPathOfSparkHome() {
    Launched launched =
        Launched.with(Map.of("SPARK_HOME", "/opt/spark"), "local", "--dry-run", "run");
    assertTrue(launched.out().startsWith("/opt/spark/bin/spark-submit "), launched::toString);
  }

  @Test
  void theLineGoesToTheUserAndToTheShell() throws IOException {
    spark();
    Launched launched = Launched.with(Map.of("SPARK_HOME", folder.toString()), "local", "run");
    assertEquals(0, launched.status(), launched::toString);
    assertTrue(launched.err().startsWith(folder + "/bin/spark-submit "), launched::toString);
    assertEquals("exec " + launched.err(), launched.out());
  }

  @Test
  void sparkSubmitIsFoundOnThePath() throws IOException {
    Path program = spark();
    Launched launched =
        Launched.with(Map.of("PATH", "/nowhere:" + program.getParent()), "local", "run");
    assertTrue(launched.err().startsWith(program + " "), launched::toString);
  }

  @Test
  void helpListsTheOptions() {
    Launched launched = Launched.with("yarn-client", "--help");
    assertEquals(0, launched.status(), launched::toString);
    assertTrue(launched.out().contains("--executor-memory SIZE"), launched::toString);
  }

  @Test
  void aMissingSparkIsToldWithWhereItWasLookedFor() {
    assertMistake(
        Launched.with(Map.of("PATH", "/nowhere"), "local", "run"), "SPARK_HOME", "/nowhere");
  }

  @Test
  void aSparkHomeWithoutSparkSubmitIsTold() {
    String home = folder.toString();
    assertMistake(
        Launched.with(Map.of("SPARK_HOME", home), "local", "run"), home + "/bin/spark-submit");
  }

  @Test
  void yarnWantsItsConfiguration() throws IOException {
    spark();
    assertMistake(
        Launched.with(Map.of("SPARK_HOME", folder.toString()), "yarn-client", "run"),
        "HADOOP_CONF_DIR",
        "YARN_CONF_DIR");
  }

  @Test
  void aFolderOfYarnsConfigurationThatIsNotThereIsTold() throws IOException {
    spark();
    Map<String, String> environment =
        Map.of("SPARK_HOME", folder.toString(), "YARN_CONF_DIR", "/nowhere/conf");
    assertMistake(
        Launched.with(environment, "yarn-client", "run"), "YARN_CONF_DIR is /nowhere/conf");
  }

  @Test
  void standaloneWantsAMaster() {
    assertMistake(
        Launched.with("standalone", "run"), "--master spark://HOST:PORT", "CONVOY_MASTER");
  }

  @Test
  void aMasterOfAnotherKindIsTold() {
    assertMistake(
        Launched.with(Map.of("CONVOY_MASTER", "local[2]"), "standalone", "run"),
        "conf/profiles/standalone.conf:5: master is the value of CONVOY_MASTER, which is not shown",
        "spark://HOST:PORT");
  }

  @Test
  void kubernetesWantsAMasterAndAnImage() {
    assertMistake(Launched.with("kubernetes", "--image", "i", "run"), "--master k8s://");
    assertMistake(Launched.with("kubernetes", "--master", "k8s://h", "run"), "--image");
  }

  @Test
  void standaloneHasNoClusterMode() {
    assertMistake(
        Launched.with("standalone", "--master", "spark://h:7077", "--cluster", "run"),
        "deploy-mode",
        "client");
  }

  @Test
  void anUnknownOptionIsToldWithTheNearest() {
    assertMistake(
        Launched.with("yarn-client", "--executers", "3", "run"),
        "--executers: did you mean --executors?");
  }

  @Test
  void anUnknownProfileIsToldWithTheNearest() {
    assertMistake(Launched.with("yarn-cleint", "run"), "did you mean yarn-client?");
  }

  @Test
  void anOptionWithoutItsValueIsTold() {
    assertMistake(Launched.with("yarn-client", "--executors"), "--executors wants a value");
  }

  @Test
  void aMissingCommandIsTold() {
    assertMistake(Launched.with("yarn-client", "--executors", "3"), "command is missing");
  }

  @Test
  void anOptionOfTheLauncherBehindTheCommandIsTold() {
    assertMistake(
        Launched.with("yarn-client", "run", "--executors=3"), "--executors", "put it before run");
  }

  @Test
  void everyOptionOfACommandMayStandBehindIt() throws IOException {
    String command = "";
    int options = 0;
    for (String line : Files.readAllLines(Path.of("src/site/markdown/commands.md"))) {
      command = line.startsWith("## ") ? line.substring(3) : command;
      if (command.equals("Launchers")) {
        break;
      }
      if (line.matches(" +--[a-z-]+ .*")) {
        String option = line.strip().split(" ")[0];
        Launched launched = Launched.with("yarn-client", "--dry-run", command, option, "1");
        assertEquals(0, launched.status(), launched::toString);
        options++;
      }
    }
    assertTrue(options > 100, () -> "only some are looked at");
  }

  @Test
  void tooLittleMemoryIsToldWithTheLeast() {
    assertMistake(
        Launched.with("yarn-client", "--executor-memory", "1g", "run"),
        "executor.memory is \"1g\"",
        "1200m");
  }

  @Test
  void aSizeWithoutAUnitIsTold() {
    assertMistake(
        Launched.with("yarn-client", "--driver-memory", "8", "run"), "driver.memory", "8g");
  }

  @Test
  void aSettingThatIsWorkedOutIsToldWithItsOption() {
    assertMistake(
        Launched.with("yarn-client", "--spark", "spark.executor.memory=4g", "run"),
        "set --executor-memory instead");
  }

  @Test
  void aSettingThatIsNotSparksIsTold() {
    assertMistake(
        Launched.with("yarn-client", "--spark", "yarn.queue=lab", "run"), "yarn.queue=lab");
  }

  @Test
  void aMistakeInAProfileHasFileLineAndKey() throws IOException {
    Path mine = folder.resolve("mine.conf");
    Files.writeString(mine, "\nexecuter { cores = 2 }\n");
    assertMistake(
        Launched.with("yarn-client", "--profile", mine.toString(), "run"),
        mine + ":2: executer is not a setting: did you mean executor?");
  }

  @Test
  void aProfileThatIsNotThereIsTold() {
    assertMistake(
        Launched.with("yarn-client", "--profile", "/nowhere.conf", "run"), "/nowhere.conf");
  }

  @Test
  void aConfFileThatCannotTravelIsTold() throws IOException {
    String odd = Files.writeString(folder.resolve("a,b.conf"), "").toString();
    assertMistake(
        Launched.with("yarn-cluster", "--dry-run", "run", "--conf", odd), odd, "rename it");
  }

  @Test
  void aConfFileThatIsNotThereIsTold() {
    assertMistake(
        Launched.with("yarn-cluster", "--dry-run", "run", "--conf", "/nowhere.conf"),
        "/nowhere.conf: there is no such conf file");
  }

  @Test
  void secretsAreInWhatTheShellRunsAndNotInWhatIsPrinted() throws IOException {
    spark();
    Launched launched =
        Launched.with(
            Map.of("SPARK_HOME", folder.toString()),
            "local",
            "--spark",
            "spark.hadoop.fs.s3a.secret.key=hush",
            "run");
    assertTrue(launched.out().contains("secret.key=hush"), launched::toString);
    assertFalse(launched.err().contains("hush"), launched::toString);
    assertTrue(launched.err().contains("secret.key=*"), launched::toString);
  }

  @Test
  void aDryRunHidesSecretsOfConvoysOptionsToo() {
    Launched launched = Launched.with("local", "--dry-run", "run", "--set", "a.SecretKey=hush");
    assertFalse((launched.out() + launched.err()).contains("hush"), launched::toString);
  }

  @Test
  void aMistakenSettingIsToldWithoutItsSecret() {
    Launched launched = Launched.with("local", "--spark", "hadoop.fs.s3a.secret.key=hush", "run");
    assertMistake(launched, "--spark hadoop.fs.s3a.secret.key=*", "it wants KEY=VALUE");
    assertFalse(launched.err().contains("hush"), launched::toString);
  }

  @Test
  void aDryRunHidesSecrets() {
    Launched launched =
        Launched.with("local", "--spark", "spark.hadoop.my.Password=hush", "--dry-run", "run");
    assertFalse((launched.out() + launched.err()).contains("hush"), launched::toString);
  }

  @Test
  void aSparkOfAnotherScalaOrVersionIsTold() throws IOException {
    spark();
    Path jar = Files.createDirectories(folder.resolve("jars")).resolve("spark-core_2.13-4.0.1.jar");
    Files.createFile(jar);
    assertMistake(
        Launched.with(Map.of("SPARK_HOME", folder.toString()), "local", "run"),
        "Spark 4.0.1 with Scala 2.13",
        "Spark 3.5 with Scala 2.12");
  }
}
