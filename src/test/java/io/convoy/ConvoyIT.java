package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, as users start it. */
@Timeout(90)
class ConvoyIT {
  private static final String NETWORK =
      "{layers=[{dense=4}],loss=mse,optimizer{name=sgd,learning-rate=0.01},batch=8,epochs=1}";

  @TempDir static Path folder;
  private static Program program;
  private static String photos;

  @BeforeAll
  static void draw() throws IOException, InterruptedException {
    program = new Program(folder);
    photos = folder.resolve("photos").toString();
    Program.Ended drawn = program.local("sample", "--out", photos, "--images", "40");
    assertEquals(0, drawn.status(), drawn::toString);
    assertTrue(drawn.out().contains("40 drawings"), drawn::toString);
    assertEquals("", drawn.err());
  }

  private static String[] run(String out, String... more) {
    return runOf(photos, out, more);
  }

  private static String[] runOf(String images, String out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("run", "--images", images, "--out", path(out)));
    for (String setting :
        List.of(
            "images.height=16",
            "images.width=20",
            "architectures=null",
            "architectures.tiny=" + NETWORK)) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void assertOneLine(Program.Ended ended) {
    assertEquals(2, ended.status(), ended::toString);
    assertEquals(1, ended.errLines().size(), ended::toString);
    assertTrue(ended.err().startsWith("convoy: "), ended::toString);
    assertEquals("", ended.out());
  }

  @Test
  void sparkSubmitRunsTheJobJarQuietly() throws IOException, InterruptedException {
    Program.Ended ended = program.sparkSubmit(run("submitted"));
    assertEquals(0, ended.status(), ended::toString);
    assertTrue(Files.exists(folder.resolve("submitted/tables/metrics.parquet/_SUCCESS")));
    for (String line : ended.errLines()) {
      assertTrue(line.matches("(prepare|train|train tiny): .*"), ended::toString);
    }
    assertFalse(ended.out().matches("(?s).*\\d,\\d{4}.*"), ended::toString);
    try (Stream<Path> logs = Files.list(folder.resolve("submitted/logs"))) {
      Path log = logs.findFirst().orElseThrow();
      assertTrue(Files.readString(log).contains("SparkContext"), log::toString);
    }
    String provenance = Files.readString(folder.resolve("submitted/provenance.json"));
    assertTrue(provenance.matches("(?s).*\"gitCommit\" ?: ?\"[0-9a-f]{40}\".*"), provenance);
    assertTrue(provenance.contains("1.0.0-M2"), provenance);
  }

  @Test
  void bfloat16IsRefusedOnAProcessorThatDoesNotComputeInIt()
      throws IOException, InterruptedException {
    Program.Ended ended = withoutBfloat16("refused", "bfloat16");
    assertEquals(2, ended.status(), ended::toString);
    assertEquals(
        "convoy: train.precision is bfloat16, but the processor of executor driver does not compute"
            + " in it (oneDNN 2.5.2 (avx2)); set it to auto or float32.",
        ended.errLines().get(ended.errLines().size() - 1));
    assertFalse(Files.exists(folder.resolve("refused/tables")), ended::toString);
  }

  private static Program.Ended withoutBfloat16(String out, String precision)
      throws IOException, InterruptedException {
    String[] arguments = run(out, "--set", "train.precision=" + precision);
    return program.launch("local", Map.of("DNNL_MAX_CPU_ISA", "AVX2"), arguments).end();
  }

  @Test
  void autoIsFloat32OnAProcessorThatComputesInNothingElse()
      throws IOException, InterruptedException {
    Program.Ended ended = withoutBfloat16("automatic", "auto");
    assertEquals(0, ended.status(), ended::toString);
    assertTrue(ended.errLines().contains("train: in float32: tiny"), ended::toString);
    String provenance = Files.readString(folder.resolve("automatic/provenance.json"));
    assertTrue(provenance.matches("(?s).*\"tiny\" ?: ?\"float32\".*"), provenance);
  }

  @Test
  void remarksOfTheDecodersAreInTheLogAlone() throws IOException, InterruptedException {
    for (String kind : List.of("cats/cat", "dogs/dog")) {
      for (int number = 0; number < 20; number++) {
        String name = kind + "." + number + ".jpg";
        byte[] photo = Files.readAllBytes(folder.resolve("photos").resolve(name));
        int end = photo.length - 2;
        ByteBuffer odd = ByteBuffer.allocate(photo.length + 3);
        odd.put(photo, 0, end).put(new byte[] {1, 2, 3}).put(photo, end, 2);
        Path copy = folder.resolve("remarked").resolve(name);
        Files.createDirectories(copy.getParent());
        Files.write(copy, odd.array());
      }
    }
    Program.Ended ended = program.local(runOf(path("remarked"), "decoded"));
    assertEquals(0, ended.status(), ended::toString);
    assertTrue(ended.err().contains("prepare: 40 of 40 images"), ended::toString);
    assertFalse(ended.toString().contains("JPEG"), ended::toString);
    try (Stream<Path> logs = Files.list(folder.resolve("decoded/logs"))) {
      String log = Files.readString(logs.findFirst().orElseThrow());
      assertTrue(log.contains("\nCorrupt JPEG data: "), log);
    }
  }

  /** Neither in Spark's own records of the run, nor in what the run leaves. */
  @Test
  void theSecretsOfSparksSettingsAreWrittenNowhere() throws IOException, InterruptedException {
    Path events = Files.createDirectory(folder.resolve("events"));
    Map<String, String> settings =
        Map.of(
            "spark.eventLog.enabled", "true",
            "spark.eventLog.dir", events.toUri().toString(),
            "spark.logConf", "true",
            "spark.hadoop.fs.s3a.secret.key", "hush-0",
            "spark.hadoop.fs.s3a.access.key", "hush-1",
            "spark.executorEnv.AWS_SECRET_ACCESS_KEY", "hush-2",
            "spark.ssl.keyStorePassword", "hush-3");

    Program.Ended ended = program.sparkSubmit(settings, run("secret"));

    assertEquals(0, ended.status(), ended::toString);
    assertFalse(ended.toString().contains("hush-"), ended::toString);
    List<Path> written = new ArrayList<>();
    for (Path place : List.of(events, folder.resolve("secret"))) {
      try (Stream<Path> files = Files.walk(place)) {
        files.filter(Files::isRegularFile).forEach(written::add);
      }
    }
    assertTrue(written.stream().anyMatch(file -> file.startsWith(events)), written::toString);
    for (Path file : written) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertFalse(text.contains("hush-"), file::toString);
    }
  }

  @Test
  void aHostNameWithoutAnAddressIsNoObstacleOnOneMachine()
      throws IOException, InterruptedException {
    Program.Ended ended = nameless("local[2]", "survey --images " + photos);
    assertEquals(0, ended.status(), ended::toString);
    assertEquals("", ended.err());
  }

  @Test
  void aHostNameWithoutAnAddressIsOneLineOnACluster() throws IOException, InterruptedException {
    Program.Ended ended =
        nameless(
            "spark://127.0.0.1:1", "prepare --images " + photos + " --out " + path("nameless"));
    assertOneLine(ended);
    assertTrue(ended.err().contains("nameless.invalid"), ended::toString);
    assertTrue(ended.err().contains("SPARK_LOCAL_IP"), ended::toString);
  }

  @Test
  void aHostNameWithoutAnAddressIsARowOfDoctorsOnACluster()
      throws IOException, InterruptedException {
    Program.Ended ended = nameless("spark://127.0.0.1:1", "doctor");
    assertEquals(2, ended.status(), ended::toString);
    assertEquals(1, ended.errLines().size(), ended::toString);
    assertTrue(ended.out().contains("nameless.invalid"), ended::toString);
    assertTrue(ended.out().contains("SPARK_LOCAL_IP"), ended::toString);
  }

  /** A command on a machine whose name means nothing. */
  private static Program.Ended nameless(String master, String command)
      throws IOException, InterruptedException {
    String unshare = "unshare --map-root-user --uts sh -c ";
    assumeTrue(program.shell(unshare + "'hostname nameless.invalid'").status() == 0);
    return program.shell(
        unshare
            + "'hostname nameless.invalid; unset SPARK_LOCAL_IP; CONVOY_MASTER=%s submit/local %s'"
                .formatted(master, command));
  }

  @Test
  void aFolderOfSparksThatCannotBeWrittenIsARowOfDoctors()
      throws IOException, InterruptedException {
    String unusable = Files.createFile(folder.resolve("file")).resolve("scratch").toString();
    Program.Ended ended = program.local(Map.of("SPARK_LOCAL_DIRS", unusable), "doctor").end();
    assertEquals(2, ended.status(), ended::toString);
    assertEquals(1, ended.errLines().size(), ended::toString);
    assertTrue(ended.out().contains(unusable), ended::toString);
    assertTrue(ended.out().contains("SPARK_LOCAL_DIRS"), ended::toString);
  }

  @Test
  void aRunThatIsStoppedEndsSoonAndLooksUnfinished() throws IOException, InterruptedException {
    Program.Started started =
        program.local(Map.of("CONVOY_MASTER", "local[2]"), run("stopped", "--epochs", "100000"));
    Path epochs = folder.resolve("stopped/tables/epochs.csv");
    boolean ended = false;
    while (!Files.exists(epochs) && !ended) {
      ended = started.process().waitFor(50, TimeUnit.MILLISECONDS);
    }
    started.process().destroy();
    Program.Ended result = started.end();
    assertEquals(128 + 15, result.status(), result::toString);
    assertFalse(Files.exists(folder.resolve("stopped/tables/metrics.parquet/_SUCCESS")));
    assertFalse(result.err().contains("\tat "), result::toString);
  }

  @Test
  void aRunWhoseReaderLeavesGoesOnToItsEnd() throws IOException, InterruptedException {
    String[] run = run("unread", "--show-conf", "--datasets", path("unread-sets"));
    Program.Ended ended = program.unread(run).end();
    assertEquals(0, ended.status(), ended::toString);
    assertTrue(Files.exists(folder.resolve("unread/tables/metrics.parquet/_SUCCESS")));
  }

  @Test
  void aMistakeIsOneLine() throws IOException, InterruptedException {
    Program.Ended ended = program.local("survey", "--images", path("nowhere"));
    assertOneLine(ended);
    assertTrue(ended.err().contains("no such folder"), ended::toString);
  }

  @Test
  void aMasterThatIsNoneIsOneLine() throws IOException, InterruptedException {
    Program.Ended ended =
        program.local(Map.of("CONVOY_MASTER", "sparkk://x"), "survey", "--images", photos).end();
    assertEquals(2, ended.status(), ended::toString);
    assertEquals(1, ended.errLines().size(), ended::toString);
    assertTrue(ended.err().contains("sparkk://x"), ended::toString);
  }

  @Test
  void aDoctorThatFindsSomethingToMendEndsWithTwoAndATable()
      throws IOException, InterruptedException {
    Program.Ended ended = program.local("doctor", "--images", path("nowhere"));
    assertEquals(2, ended.status(), ended::toString);
    assertTrue(ended.err().matches("convoy: \\d+ of \\d+ checks failed\\.\n"), ended::toString);
    assertTrue(ended.out().contains("Remedy: check --images"), ended::toString);
  }

  @Test
  void aDoctorThatFindsNothingEndsWithZeroAndLeavesNothing()
      throws IOException, InterruptedException {
    Program.Ended ended =
        program
            .local(
                Map.of("CONVOY_MASTER", "local[1]"),
                "doctor",
                "--images",
                photos,
                "--out",
                path("untouched/run"))
            .end();
    assertEquals(0, ended.status(), ended::toString);
    assertEquals("", ended.err());
    assertFalse(Files.exists(folder.resolve("untouched")));
  }

  @Test
  void filtersMakesAPageOfOnePhoto() throws IOException, InterruptedException {
    Program.Ended ended =
        program.local("filters", "--image", photos + "/cats/cat.0.jpg", "--out", path("filtered"));
    assertEquals(0, ended.status(), ended::toString);
    assertEquals("", ended.err());
    String page = Files.readString(folder.resolve("filtered/index.html"));
    assertTrue(page.contains("cat.0.jpg under filters"), page);
  }

  @Test
  void versionIsThatOfTheJar() throws IOException, InterruptedException {
    Program.Ended ended = program.local("--version");
    assertEquals(0, ended.status(), ended::toString);
    assertTrue(ended.out().matches("convoy \\d+\\.\\d+\\.\\d+\\n"), ended::toString);
  }
}
