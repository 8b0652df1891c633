package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launchers of {@code submit}, with a spark-submit that is none. */
@Timeout(90)
class LaunchersIT {
  private static final String[] ODD_RUN = {
    "run", "--images", "my photos", "--set", "a='it''s \"$HOME\" `ls` \\ *", "--out", ""
  };

  @TempDir Path folder;
  private Program program;
  private Path sparkHome;

  @BeforeEach
  void makeSparkHome() throws IOException {
    program = new Program(folder);
    sparkHome = Files.createDirectories(folder.resolve("my 'spark'"));
    Files.createDirectory(sparkHome.resolve("bin"));
  }

  private void sparkSubmit(String script) throws IOException {
    Path file = sparkHome.resolve("bin/spark-submit");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  private Program.Started standalone(String... arguments) throws IOException {
    Map<String, String> environment =
        Map.of("SPARK_HOME", sparkHome.toString(), "CONVOY_MASTER", "spark://master:7077");
    return program.launch("standalone", environment, arguments);
  }

  @Test
  void argumentsReachSparkSubmitAsTheyWereGiven() throws IOException, InterruptedException {
    sparkSubmit("printf '%s\\n' \"$@\"");
    Program.Ended ended = standalone(ODD_RUN).end();
    assertEquals(0, ended.status(), ended::toString);
    List<String> words = ended.out().lines().toList();
    assertEquals(List.of(ODD_RUN), words.subList(words.size() - ODD_RUN.length, words.size()));
    assertEquals(
        Path.of("target/convoy.jar").toAbsolutePath().toString(),
        words.get(words.size() - ODD_RUN.length - 1));
  }

  @Test
  void theLineOnStderrRunsTheSameWherePasted() throws IOException, InterruptedException {
    sparkSubmit("printf '%s\\n' \"$@\"");
    Program.Ended ended = standalone(ODD_RUN).end();
    assertEquals(1, ended.errLines().size(), ended::toString);
    assertEquals(ended.out(), program.shell(ended.err()).out());
  }

  @Test
  void aDryRunPrintsTheLineThatARunRuns() throws IOException, InterruptedException {
    sparkSubmit("exit 0");
    Program.Ended run = standalone(ODD_RUN).end();
    List<String> arguments = new ArrayList<>(List.of(ODD_RUN));
    arguments.add(3, "--dry-run");
    Program.Ended ended = standalone(arguments.toArray(String[]::new)).end();
    assertEquals(0, ended.status(), ended::toString);
    assertEquals(run.err(), ended.out());
    assertEquals("", ended.err());
  }

  @Test
  void theExitStatusIsThatOfSparkSubmit() throws IOException, InterruptedException {
    sparkSubmit("exit 7");
    Program.Ended ended = standalone("run").end();
    assertEquals(7, ended.status(), ended::toString);
  }

  @Test
  void theLauncherBecomesSparkSubmitSoThatSignalsReachIt()
      throws IOException, InterruptedException {
    Path pid = folder.resolve("pid");
    Path pipe = folder.resolve("pipe");
    sparkSubmit(
        "mkfifo '%2$s'; echo $$ >'%1$s.new'; mv '%1$s.new' '%1$s'; exec cat '%2$s'"
            .formatted(pid, pipe));
    Program.Started started = standalone("run");
    boolean ended = false;
    while (!Files.exists(pid) && !ended) {
      ended = started.process().waitFor(50, TimeUnit.MILLISECONDS);
    }
    assertEquals(Long.toString(started.process().pid()), Files.readString(pid).strip());
    started.process().destroy();
    Program.Ended result = started.end();
    assertEquals(128 + 15, result.status(), result::toString);
  }

  @Test
  void aMistakeIsOneLineAndNothingRuns() throws IOException, InterruptedException {
    sparkSubmit("echo started");
    Program.Ended ended = standalone("--executers", "3", "run").end();
    assertOneLine(ended, "did you mean --executors?");
  }

  @Test
  void aJarThatIsNotThereIsOneLine() throws IOException, InterruptedException {
    Program.Ended ended =
        program.launch("yarn", Map.of("CONVOY_JAR", "/nowhere/convoy.jar"), "run").end();
    assertOneLine(ended, "CONVOY_JAR is /nowhere/convoy.jar");
  }

  @Test
  void yarnAndKubernetesHaveTheirProfiles() throws IOException, InterruptedException {
    Map<String, String> home = Map.of("SPARK_HOME", sparkHome.toString());
    Program.Ended yarn = program.launch("yarn", home, "--cluster", "--dry-run", "run").end();
    assertTrue(yarn.out().contains(" --master yarn --deploy-mode cluster "), yarn::toString);
    Program.Ended kubernetes =
        program
            .launch("kubernetes", home, "--master", "k8s://h", "--image", "i", "run", "--dry-run")
            .end();
    assertTrue(kubernetes.out().contains(" --master k8s://h "), kubernetes::toString);
  }

  @Test
  void aDryRunOfLocalIsALineOfJavaForTheShell() throws IOException, InterruptedException {
    Map<String, String> master = Map.of("CONVOY_MASTER", "local[2]");
    Program.Ended ended =
        program.local(master, "run", "--dry-run", "--set", "it's \"$HOME\"", "").end();
    assertEquals(0, ended.status(), ended::toString);
    assertEquals("", ended.err());
    Program.Ended words = program.shell("printf '%s\\n' " + ended.out());
    List<String> line = words.out().lines().toList();
    assertTrue(line.get(0).endsWith("java"), words::toString);
    assertTrue(line.contains("-Dspark.master=local[2]"), words::toString);
    assertEquals(
        List.of("io.convoy.Convoy", "run", "--set", "it's \"$HOME\"", ""),
        line.subList(line.size() - 5, line.size()));
  }

  @Test
  void aDryRunOfLocalHidesSecretsAndNothingElse() throws IOException, InterruptedException {
    Program.Ended ended =
        program
            .local(
                Map.of(),
                "run",
                "--dry-run",
                "--set",
                "my.Secret.key=hush",
                "--images=/data/token=5/passwords",
                "--set=images.classes=[token,coin]",
                "--set",
                "a.password = \"hush\nhush\"")
            .end();
    assertEquals(0, ended.status(), ended::toString);
    assertFalse(ended.toString().contains("hush"), ended::toString);
    assertTrue(ended.out().contains("my.Secret.key=*********(redacted)"), ended::toString);
    assertTrue(ended.out().contains(" --images=/data/token=5/passwords "), ended::toString);
    assertTrue(ended.out().contains("'--set=images.classes=[token,coin]'"), ended::toString);
    assertEquals(1, ended.errLines().size(), ended::toString);
  }

  @Test
  void aLinkToALauncherWorksAndCdpathDoesNotMatter() throws IOException, InterruptedException {
    Path first = folder.resolve("first link");
    Files.createSymbolicLink(first, Path.of("submit/local").toAbsolutePath());
    Path second = Files.createSymbolicLink(folder.resolve("second"), first);
    Program.Ended ended =
        program.start(Map.of("CDPATH", "."), List.of(second.toString(), "--version")).end();
    assertEquals(0, ended.status(), ended::toString);
    assertTrue(ended.out().startsWith("convoy "), ended::toString);
  }

  @Test
  void namesBeyondAsciiAreReadInTheLocaleOfPosix() throws IOException, InterruptedException {
    Program.Ended ended =
        program
            .local(
                Map.of("LC_ALL", "C"), "survey", "--images", folder + "/caf\u00e9", "--limit", "1")
            .end();
    assertOneLine(ended, "caf\u00e9");
  }

  @Test
  void aJavaHomeThatPointsToNothingIsOneLine() throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("JAVA_HOME", folder + "/nothing");
    assertOneLine(program.local(environment, "survey").end(), "Java 17 is wanted");
  }

  @Test
  void aJavaOfAnotherVersionIsOneLine() throws IOException, InterruptedException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"25\" 2025-09-16' >&2\n");
    assertTrue(java.toFile().setExecutable(true));
    Map<String, String> environment = Map.of("JAVA_HOME", folder + "/jdk");
    assertOneLine(program.local(environment, "survey").end(), "Java 17 is wanted, this is 25");
  }

  @Test
  void theHelpOfTheLocalClusterListsItsOptions() throws IOException, InterruptedException {
    Program.Ended ended = program.launch("cluster-local", Map.of(), "--help").end();
    assertEquals(0, ended.status(), ended::toString);
    assertTrue(ended.out().contains("[--memory 3g]"), ended::toString);
  }

  private static void assertOneLine(Program.Ended ended, String part) {
    assertEquals(2, ended.status(), ended::toString);
    assertEquals("", ended.out());
    assertEquals(1, ended.errLines().size(), ended::toString);
    assertTrue(ended.err().startsWith("convoy: "), ended::toString);
    assertTrue(ended.err().contains(part), ended::toString);
  }
}
