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

  /** The project as it is built, in another folder. */
  private Path project(String name) throws IOException, InterruptedException {
    Path project = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(project.resolve("src/main"));
    Files.createDirectory(project.resolve("target"));
    Program.Ended copied = program.shell("cp -r submit conf pom.xml '%s'".formatted(project));
    assertEquals(0, copied.status(), copied::toString);
    return project;
  }

  private Path builtProject(String name) throws IOException, InterruptedException {
    Path project = project(name);
    for (String made : List.of("convoy.jar", "spark", "convoy.built")) {
      Files.createSymbolicLink(
          project.resolve("target").resolve(made), Path.of("target", made).toAbsolutePath());
    }
    return project;
  }

  /** A mvn that says so in a file, and is none: it makes what a build makes with this script. */
  private Map<String, String> mvn(Path project, String script) throws IOException {
    Path mvn = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
    Files.writeString(
        mvn,
        "#!/bin/sh\ncd '%s'\necho >>builds\n: >target/convoy.jar\n%s\n".formatted(project, script));
    assertTrue(mvn.toFile().setExecutable(true));
    return Map.of("PATH", mvn.getParent() + ":" + System.getenv("PATH"));
  }

  private Program.Started version(Path project, Map<String, String> environment)
      throws IOException {
    return program.start(
        environment, List.of(project.resolve("submit/local").toString(), "--version"));
  }

  @Test
  void aProjectsPathMayHoldWhatAFoldersNameMay() throws IOException, InterruptedException {
    Path project = builtProject("my #1 100% [caf\u00e9]");
    String photos = project.resolve("photos").toString();
    String local = project.resolve("submit/local").toString();
    Program.Ended drawn =
        program.start(Map.of(), List.of(local, "sample", "--out", photos, "--images", "20")).end();
    assertEquals(0, drawn.status(), drawn::toString);
    Path conf = Files.writeString(project.resolve("my.conf"), "images { height = 8, width = 8 }");
    Program.Ended prepared =
        program
            .start(
                Map.of("CONVOY_MASTER", "local[2]"),
                List.of(
                    local,
                    "prepare",
                    "--conf",
                    conf.toString(),
                    "--images",
                    photos,
                    "--out",
                    project.resolve("data").toString()))
            .end();
    assertEquals(0, prepared.status(), prepared::toString);
  }

  @Test
  void twoCommandsAtOnceBuildOnce() throws IOException, InterruptedException {
    Path project = project("two");
    Map<String, String> environment = mvn(project, "read go <gate; : >target/convoy.built");
    program.shell("mkfifo '%s/gate'".formatted(project));
    Program.Started first = version(project, environment);
    Program.Started second = version(project, environment);
    program.shell("echo >'%s/gate'".formatted(project));
    first.end();
    second.end();
    assertEquals(1, Files.readAllLines(project.resolve("builds")).size());
  }

  @Test
  void aBuildThatWasStoppedIsMadeAgain() throws IOException, InterruptedException {
    Path project = project("stopped");
    Program.Ended stopped = version(project, mvn(project, "kill -9 $$")).end();
    assertEquals(2, stopped.status(), stopped::toString);
    version(project, mvn(project, ": >target/convoy.built")).end();
    assertEquals(2, Files.readAllLines(project.resolve("builds")).size());
  }

  @Test
  void aBuildThatFailsIsToldLast() throws IOException, InterruptedException {
    Path project = project("failing");
    Program.Ended ended = version(project, mvn(project, "echo no such symbol >&2; exit 1")).end();
    assertEquals(2, ended.status(), ended::toString);
    List<String> lines = ended.errLines();
    assertTrue(
        lines.get(lines.size() - 1).endsWith("could not be built; see above."), ended::toString);
  }

  /** A file stands in the folder's place, which stops even root. */
  @Test
  void aTargetThatCannotBeWrittenIsOneLine() throws IOException, InterruptedException {
    Path project = project("foreign");
    Files.delete(project.resolve("target"));
    Files.writeString(project.resolve("target"), "");
    assertOneLine(version(project, mvn(project, "")).end(), "cannot be written");
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
