package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs on a standalone cluster of two workers, from and to HDFS and S3. */
@Tag("cluster")
@Timeout(1800)
class HadoopFileSystemsIT {
  private static final String IMAGES = "60";
  private static final String KEYS_REFUSED =
      "s3a://lab/photos: the store refuses your keys \\(.*\\); check them, and that they may read"
          + " there, and write where convoy writes\\.";

  @TempDir static Path folder;
  @AutoClose private static StandaloneCluster cluster;
  @AutoClose private static HdfsServer hdfs;
  @AutoClose private static S3Server s3;

  /** From where to where. */
  enum Route {
    HDFS_TO_HDFS,
    S3_TO_S3,
    S3_TO_HDFS;

    String photos() {
      return this == HDFS_TO_HDFS ? hdfs.uri("/photos") : S3Server.uri("/photos");
    }

    String run() {
      return this == S3_TO_S3 ? S3Server.uri("/runs/one") : hdfs.uri("/" + this + "/one");
    }

    /** A copy of the run and of the data sets beside it, made after the run. */
    Path copy() {
      return folder.resolve(name());
    }
  }

  @BeforeAll
  static void runAllRoutes() throws IOException, InterruptedException {
    hdfs = HdfsServer.start(folder);
    s3 = S3Server.start(folder);
    cluster = StandaloneCluster.start(folder, 2);
    for (String photos : List.of(hdfs.uri("/photos"), S3Server.uri("/photos"))) {
      assertDone(submit("sample", "--out", photos, "--images", IMAGES));
    }
    for (Route route : Route.values()) {
      assertDone(submit(TinyRun.arguments(route.photos(), route.run())));
    }
    try (FileSystem files = hdfs.fileSystem();
        FileSystem objects = s3.fileSystem()) {
      copy(files, Route.HDFS_TO_HDFS);
      copy(files, Route.S3_TO_HDFS);
      copy(objects, Route.S3_TO_S3);
    }
  }

  private static Program.Ended submit(String... arguments)
      throws IOException, InterruptedException {
    return cluster
        .submit(S3Server.settings(s3.endpoint()), s3.keys().environment(), arguments)
        .end();
  }

  private static void assertDone(Program.Ended ended) {
    assertEquals(0, ended.status(), ended::toString);
  }

  private static void copy(FileSystem from, Route route) throws IOException {
    org.apache.hadoop.fs.Path parent = new org.apache.hadoop.fs.Path(route.run()).getParent();
    from.copyToLocalFile(false, parent, new org.apache.hadoop.fs.Path(route.copy().toUri()), true);
  }

  @ParameterizedTest
  @EnumSource(Route.class)
  void aRunIsComplete(Route route) throws IOException {
    TinyRun.assertComplete(route.copy().resolve("one"));
    assertEquals(1, Trees.files(route.copy().resolve("one/logs")).size());
  }

  @ParameterizedTest
  @EnumSource(Route.class)
  void nothingTemporaryIsLeft(Route route) throws IOException {
    try (Stream<Path> paths = Files.walk(route.copy())) {
      assertEquals(List.of(), paths.filter(HadoopFileSystemsIT::isTemporary).toList());
    }
  }

  private static boolean isTemporary(Path path) {
    String name = path.getFileName().toString();
    return name.equals("_temporary") || name.equals("_writable") || name.endsWith(".tmp");
  }

  @ParameterizedTest
  @EnumSource(Route.class)
  void predictionsDoNotDependOnTheFileSystem(Route route) throws IOException {
    String table = "one/tables/predictions.csv";
    assertEquals(
        Files.readString(Route.HDFS_TO_HDFS.copy().resolve(table)),
        Files.readString(route.copy().resolve(table)));
  }

  @Test
  void keysOfTheEnvironmentAreShownNowhere() throws IOException {
    assertSecret(s3.keys().secret());
  }

  @Test
  void keysOfTheSettingsAreShownNowhere() throws IOException, InterruptedException {
    Map<String, String> settings = new TreeMap<>(S3Server.settings(s3.endpoint()));
    settings.putAll(s3.keys().settings());
    String[] run = TinyRun.arguments(S3Server.uri("/photos"), S3Server.uri("/with-settings/one"));
    Submission submission = cluster.submit(settings, Map.of(), run);
    submission.awaitJob("");
    for (ProcessHandle executor : cluster.executors()) {
      assertFalse(commandLine(executor).contains(s3.keys().secret()));
    }
    assertDone(submission.end());
    try (FileSystem objects = s3.fileSystem()) {
      objects.copyToLocalFile(
          false,
          new org.apache.hadoop.fs.Path("/with-settings"),
          new org.apache.hadoop.fs.Path(folder.resolve("with-settings").toUri()),
          true);
    }
    assertSecret(s3.keys().secret());
  }

  /** Whole: Java's own view of another process's arguments ends after 4 KiB. */
  private static String commandLine(ProcessHandle process) throws IOException {
    Process ps =
        new ProcessBuilder("ps", "-ww", "-o", "args=", "-p", Long.toString(process.pid())).start();
    try (var out = ps.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** In nothing that any process has written: results, logs, output, HDFS's own blocks. */
  private static void assertSecret(String secret) throws IOException {
    List<Path> files = Trees.files(folder);
    assertTrue(files.size() > 100, files::toString);
    for (Path file : files) {
      assertFalse(textOf(file).contains(secret), () -> file + " has the secret key");
    }
  }

  /** HDFS deletes the blocks of deleted files whenever it likes: one that is gone says nothing. */
  private static String textOf(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** What a user may get wrong about S3. */
  record Mistake(String photos, URI endpoint, S3Server.Keys keys, String told) {
    @Override
    public String toString() {
      return told;
    }
  }

  static List<Mistake> mistakes() {
    String photos = S3Server.uri("/photos");
    return List.of(
        new Mistake(
            "s3a://nobody/photos",
            s3.endpoint(),
            s3.keys(),
            "s3a://nobody/photos: the store refuses: .*; check the bucket's name, .*"),
        new Mistake(photos, s3.endpoint(), S3Server.Keys.random(), KEYS_REFUSED),
        new Mistake(
            photos,
            s3.endpoint(),
            new S3Server.Keys(s3.keys().id(), S3Server.Keys.random().secret()),
            KEYS_REFUSED),
        new Mistake(
            photos,
            URI.create("http://127.0.0.1:1"),
            s3.keys(),
            "s3a://lab/photos cannot be reached: nothing listens at its address \\(.*\\); check the"
                + " host and the port, and that the store runs\\."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsOneLineWithoutTheKeys(Mistake mistake) throws IOException, InterruptedException {
    Map<String, String> settings = new TreeMap<>(S3Server.settings(mistake.endpoint()));
    // As they come, hadoop-aws and its client try an address that does not answer for minutes.
    settings.put("spark.hadoop.fs.s3a.attempts.maximum", "1");
    settings.put("spark.hadoop.fs.s3a.retry.limit", "1");
    Submission submission =
        cluster.submit(
            settings,
            mistake.keys().environment(),
            TinyRun.arguments(mistake.photos(), hdfs.uri("/mistaken")));
    Program.Ended ended = submission.end();
    assertEquals(2, ended.status(), ended::toString);
    assertEquals(1, ended.errLines().size(), ended::toString);
    assertTrue(ended.errLines().get(0).matches("convoy: " + mistake.told()), ended::toString);
    assertSecret(mistake.keys().secret());
  }
}
