package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a run on a standalone cluster of two workers survives, and how it ends where it cannot. The
 * right result is that of the same run without a fault, to the last bit.
 */
@Tag("cluster")
@Timeout(600)
class FaultsIT {
  private static final String NETWORK =
      "{layers=[{conv=16,kernel=3},{pool=max,kernel=2},{dense=16}],loss=cross-entropy,"
          + "optimizer{name=adam,learning-rate=0.001},batch=8,epochs=4}";

  @TempDir static Path folder;
  private static String photos;
  private static List<String> undisturbed;
  private static StandaloneCluster cluster;
  private static int clusters;

  @TempDir Path place;

  @BeforeAll
  static void runWithoutAFault() throws IOException, InterruptedException {
    photos = folder.resolve("photos").toString();
    startCluster();
    String[] sample = {"sample", "--out", photos, "--images", "400"};
    assertDone(cluster.submit(Map.of(), Map.of(), sample).end());
    Path run = folder.resolve("undisturbed/run");
    assertDone(cluster.submit(Map.of(), Map.of(), arguments(photos, run.toString())).end());
    undisturbed = results(run);
  }

  private static void startCluster() throws IOException, InterruptedException {
    clusters++;
    Path own = Files.createDirectory(folder.resolve("cluster" + clusters));
    cluster = StandaloneCluster.start(own, 2);
  }

  /** All tests have one cluster, until one of them kills a part of it. */
  @BeforeEach
  void requireAWholeIdleCluster() throws IOException, InterruptedException {
    if (!cluster.isWhole()) {
      cluster.close();
      startCluster();
    }
    cluster.awaitNoExecutors();
  }

  @AfterAll
  static void stopCluster() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prepare: decoding", "train net: epoch 2", "evaluate net: validation"})
  void anExecutorThatIsKilledChangesNothing(String job) throws IOException, InterruptedException {
    Submission submission = submit(arguments(photos, out("run")));
    submission.awaitJob(job);

    kill(cluster.executors().get(0));

    assertDone(submission.end());
    assertTrue(submission.logged().contains("Lost executor"), "no executor was lost");
    assertEquals(undisturbed, results(place.resolve("run")));
  }

  @Test
  void trialsWhoseExecutorsAreLostFiveTimesComeToWhatTheyDoOneAfterTheOther()
      throws IOException, InterruptedException {
    Map<String, String> oneExecutor = Map.of("spark.cores.max", "1");
    assertDone(cluster.submit(oneExecutor, Map.of(), trials("alone")).end());
    cluster.awaitNoExecutors();
    Submission submission = submit(trials("beside"));

    for (int lost = 0; lost < 5; lost++) {
      submission.awaitExecutors(2);
      submission.awaitJob("train net-");
      kill(cluster.executors().get(lost % 2));
    }

    assertDone(submission.end());
    assertEquals(
        5, submission.logged().lines().filter(each -> each.contains("Lost executor")).count());
    assertEquals(trialResults("alone"), trialResults("beside"));
  }

  @Test
  void aTrialThatIsOutOfMemoryEndsWithItsReasonAndTheOthersGoOn()
      throws IOException, InterruptedException {
    Map<String, String> little =
        Map.of(
            "spark.executor.extraJavaOptions",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=1000m",
            // The driver has all that it needs: its memory would end the run.
            "spark.driver.memory",
            "3g");
    String huge =
        "architectures.huge={layers=[{dense=12000}],loss=mse,optimizer{name=adam,learning-rate=0.001},"
            + "batch=8,epochs=1}";

    Program.Ended ended =
        cluster
            .submit(
                little,
                Map.of(),
                arguments(
                    photos,
                    out("run"),
                    "--set",
                    "train.workers=auto",
                    "--set",
                    "train.parallel=trials",
                    "--set",
                    huge))
            .end();

    assertDone(ended);
    List<String> metrics = Files.readAllLines(place.resolve("run/tables/metrics.csv"));
    assertEquals(3, metrics.size(), metrics::toString);
    assertTrue(metrics.get(1).startsWith("net,"), metrics::toString);
    assertTrue(
        // Spark may know no more than that its executor is gone.
        metrics.get(2).startsWith("huge,")
            && (metrics.get(2).contains("out of memory: ")
                || metrics.get(2).contains("often for want of memory")),
        metrics::toString);
  }

  /** Four networks that differ in their seeds. */
  private String[] trials(String run) {
    return arguments(
        photos,
        out(run),
        "--set",
        "train.workers=auto",
        "--set",
        "train.parallel=trials",
        "--set",
        "train.repeats=4",
        "--epochs",
        "12");
  }

  private List<String> trialResults(String name) throws IOException {
    Path run = place.resolve(name);
    List<String> results = new ArrayList<>();
    for (int trial = 1; trial <= 4; trial++) {
      Path model = run.resolve("models/net-" + trial + "/last.zip");
      results.add(DigestUtils.sha256Hex(Files.readAllBytes(model)));
    }
    results.add(Files.readString(run.resolve("tables/predictions.csv")));
    return results;
  }

  @Test
  void aWorkerThatIsKilledChangesNothing() throws IOException, InterruptedException {
    Submission submission = submit(arguments(photos, out("run")));
    submission.awaitJob("train net: epoch 2");

    kill(cluster.workers().get(0));

    assertDone(submission.end());
    assertTrue(submission.logged().contains("Lost executor"), "no executor was lost");
    assertEquals(undisturbed, results(place.resolve("run")));
  }

  @Test
  void aDriverThatIsKilledIsStartedAgainAndGoesOn() throws IOException, InterruptedException {
    Submission killed = submit(arguments(photos, out("run")));
    killed.awaitJob("train net: epoch 3");
    kill(killed.driver().process().toHandle());
    assertFalse(Files.exists(place.resolve("run/tables/metrics.parquet/_SUCCESS")));

    Program.Ended ended = submit(arguments(photos, out("run"))).end();

    assertDone(ended);
    // The checkpoint of the second epoch is written beside the third, and may not have been whole.
    assertTrue(
        Pattern.compile("going on with epoch [23] of 4").matcher(ended.err()).find(),
        ended::toString);
    assertEquals(undisturbed, results(place.resolve("run")));
  }

  @Test
  void aSecondRunIntoTheSameFolderIsRefused() throws IOException, InterruptedException {
    Submission first = submit(arguments(photos, out("run")));
    first.awaitJob("train net: epoch 1");
    // However long the second takes to begin, the first has not ended.
    List<ProcessHandle> executors = cluster.executors();
    signal("STOP", executors);

    Program.Ended second = submit(arguments(photos, out("run"))).end();

    signal("CONT", executors);
    assertOneLine(second, "being written by another run");
    assertDone(first.end());
    assertEquals(undisturbed, results(place.resolve("run")));
  }

  @Test
  void photosThatAreDeletedAfterTheListingAreRejectedByName()
      throws IOException, InterruptedException {
    Path own = place.resolve("photos");
    copy(Path.of(photos), own);
    List<Path> files = Trees.files(own);
    List<String> arguments =
        new ArrayList<>(List.of(arguments(own.toString(), out("run"), "--max-rejected", "0.5")));
    Submission submission = submit(arguments.toArray(String[]::new));
    submission.awaitJob("prepare: decoding");

    // The last to be read.
    for (Path file : files.subList(files.size() - 60, files.size())) {
      Files.delete(file);
    }

    assertDone(submission.end());
    List<String> rejected = Files.readAllLines(place.resolve("run/tables/rejected.csv"));
    assertTrue(rejected.size() > 1, "all were read before they were deleted");
    for (String row : rejected.subList(1, rejected.size())) {
      assertTrue(row.startsWith("dogs/") && row.contains("deleted after it was listed"), row);
    }
  }

  @Test
  void aFullDiskIsOneLineAndWhatWasFinishedIsKeptAndGoneOnWith()
      throws IOException, InterruptedException {
    Path disk = Files.createDirectory(place.resolve("disk"));
    Path ended = Files.createDirectory(place.resolve("ended"));
    // Its model and its checkpoint are more than the disk holds.
    String wide =
        "architectures.wide={layers=[{dense=1000}],loss=mse,optimizer{name=adam,learning-rate=0.001},"
            + "batch=8,epochs=1}";
    String run =
        shellLine(
            arguments(
                photos, disk.resolve("run").toString(), "--set", wide, "--datasets", out("sets")));
    // A disk of its own, which the executors see too: so they are started where it is.
    String script =
        """
        mount -t tmpfs -o size=20m tmpfs %1$s || exit 99
        submit/cluster-local start --folder %2$s/cluster || exit 98
        trap 'submit/cluster-local stop --folder %2$s/cluster' EXIT
        convoy() {
          %2$s/cluster/spark/bin/spark-submit --master "$(cat %2$s/cluster/master)" \\
            --driver-memory 1g --executor-memory 1g --class io.convoy.Convoy target/convoy.jar "$@"
        }
        convoy %3$s 2>%2$s/full.err
        echo $? >%2$s/full.status
        cp -r %1$s/run %2$s/full
        mount -o remount,size=1g %1$s
        convoy %3$s
        status=$?
        cp -r %1$s/run %2$s/whole
        exit $status
        """
            .formatted(disk, ended, run);

    Program.Ended done =
        new Program(ended)
            .start(Map.of(), List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script))
            .end(300);

    assertDone(done);
    assertEquals("2", Files.readString(ended.resolve("full.status")).strip(), done::toString);
    List<String> told = Files.readAllLines(ended.resolve("full.err"));
    String last = told.get(told.size() - 1);
    assertTrue(last.matches("convoy: .*no space is left there.*"), told::toString);
    assertTrue(told.stream().noneMatch(line -> line.startsWith("\tat ")), told::toString);
    assertTrue(Files.readString(ended.resolve("full/tables/metrics.csv")).contains("\nnet,"));
    assertTrue(done.err().contains("going on with the run"), done::toString);
    List<String> metrics = Files.readAllLines(ended.resolve("whole/tables/metrics.csv"));
    assertEquals(3, metrics.size(), metrics::toString);
    assertEquals(undisturbed.get(0), DigestUtils.sha256Hex(model(ended.resolve("whole"))));
  }

  @Test
  void anS3ServerThatIsBusyForAWhileChangesNothing() throws IOException, InterruptedException {
    try (S3Server s3 = S3Server.start(place);
        FlakyProxy proxy = new FlakyProxy(s3.endpoint())) {
      Map<String, String> settings = S3Server.settings(proxy.endpoint());
      Map<String, String> keys = s3.keys().environment();
      try (var objects = s3.fileSystem()) {
        var local = new org.apache.hadoop.fs.Path(Path.of(photos).toUri());
        objects.copyFromLocalFile(local, new org.apache.hadoop.fs.Path("/photos"));
      }
      String[] run = arguments(S3Server.uri("/photos"), S3Server.uri("/runs/one"));
      Submission submission = cluster.submit(settings, keys, run);
      for (String job : List.of("prepare: decoding", "train net: epoch 2")) {
        submission.awaitJob(job);
        proxy.refuseNext(20);
      }

      assertDone(submission.end());
      assertNotEquals(0, proxy.refused());
      Path copy = place.resolve("copy");
      try (var objects = s3.fileSystem()) {
        objects.copyToLocalFile(
            false,
            new org.apache.hadoop.fs.Path("/runs/one"),
            new org.apache.hadoop.fs.Path(copy.toUri()),
            true);
      }
      assertEquals(undisturbed, results(copy));
    }
  }

  @Test
  void executorsThatDoNotFitAreToldWithThoseThatWould() throws IOException, InterruptedException {
    Map<String, String> tooLarge =
        Map.of(
            "spark.executor.cores", "4",
            "spark.cores.max", "8",
            "spark.convoy.executorsWait", "25s");

    Program.Ended ended = cluster.submit(tooLarge, Map.of(), arguments(photos, out("run"))).end();

    assertEquals(2, ended.status(), ended::toString);
    List<String> told = ended.errLines();
    assertEquals("Waiting for executors: 0 of 2 are there after 20 s.", told.get(0));
    String asked = "2 executors of 4 cores, 1,408 MiB of memory (1,024 MiB of it heap) each";
    String offered = "2 workers of 1 core and 3,072 MiB, which counts the heap alone";
    String fitting = "--total-executor-cores 2 --executor-cores 1";
    for (String part : List.of(asked, offered, fitting)) {
      assertTrue(told.subList(1, 5).stream().anyMatch(line -> line.endsWith(part)), part);
      assertTrue(told.get(told.size() - 1).contains(part), part);
    }
  }

  @Test
  void theLossOfAllExecutorsIsToldAndEndsARunThatCanGoOn()
      throws IOException, InterruptedException {
    Map<String, String> patience = Map.of("spark.convoy.executorsWait", "25s");
    // So many epochs that training is not over before all are killed.
    Submission submission =
        cluster.submit(patience, Map.of(), arguments(photos, out("run"), "--epochs", "400"));
    submission.awaitJob("train net: epoch 2");

    for (ProcessHandle worker : cluster.workers()) {
      kill(worker);
    }

    Program.Ended ended = submission.end();
    assertEquals(2, ended.status(), ended::toString);
    assertTrue(ended.err().contains("there is no executor after 20 s."), ended::toString);
    String last = ended.errLines().get(ended.errLines().size() - 1);
    assertTrue(last.contains("no worker is alive"), last);
    assertTrue(Files.exists(place.resolve("run/checkpoints")), "nothing to go on with");
  }

  private static String[] arguments(String images, String out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "--images", images, "--out", out));
    for (String setting :
        List.of(
            "images.height=48",
            "images.width=64",
            "split.shares.train=0.4",
            "split.shares.validation=0.5",
            "split.shares.test=0.1",
            "train.workers=2",
            "train.averaging-frequency=4",
            "architectures=null",
            "architectures.net=" + NETWORK)) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** The last model and the predictions: all of a result. */
  private static List<String> results(Path run) throws IOException {
    assertTrue(Files.exists(run.resolve("tables/metrics.parquet/_SUCCESS")), "not finished");
    assertFalse(Files.exists(run.resolve("checkpoints")), "checkpoints are left");
    return List.of(
        DigestUtils.sha256Hex(model(run)), Files.readString(run.resolve("tables/predictions.csv")));
  }

  private static byte[] model(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("models/net/last.zip"));
  }

  private Submission submit(String... arguments) throws IOException {
    return cluster.submit(Map.of(), Map.of(), arguments);
  }

  private String out(String name) {
    return place.resolve(name).toString();
  }

  private static String shellLine(String... words) {
    List<String> quoted = new ArrayList<>();
    for (String word : words) {
      quoted.add("'" + word + "'");
    }
    return String.join(" ", quoted);
  }

  private static void signal(String signal, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    processes.forEach(process -> command.add(String.valueOf(process.pid())));
    assertEquals(0, new ProcessBuilder(command).start().waitFor());
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : Trees.files(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private static void assertDone(Program.Ended ended) {
    assertEquals(0, ended.status(), ended::toString);
  }

  private static void assertOneLine(Program.Ended ended, String told) {
    assertEquals(2, ended.status(), ended::toString);
    assertEquals(1, ended.errLines().size(), ended::toString);
    assertTrue(ended.err().contains(told), ended::toString);
  }
}
