package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code plan} against epochs of executors that are processes of this machine. */
@Tag("timing")
@Timeout(900)
class PlanIT {
  /** How far a prediction may be off, either way. */
  private static final double FACTOR = 1.35;

  private static final int MOST_SECONDS = 300;
  private static final int IMAGES = 1600;
  private static final int EPOCHS = 6;

  /** Some 50 ms a step on one core of 2020, and 2.3 million parameters. */
  private static final String NETWORK =
      "{layers=[{conv=32,kernel=3},{pool=max,kernel=2},{conv=32,kernel=3},{pool=max,kernel=2},"
          + "{dense=64}],loss=cross-entropy,optimizer{name=adam,learning-rate=1e-4},batch=32,epochs="
          + EPOCHS
          + "}";

  @TempDir static Path folder;
  private static Program program;

  @BeforeAll
  static void prepare() throws IOException, InterruptedException {
    program = new Program(folder);
    local("sample", "--out", path("photos"), "--images", "" + IMAGES);
    local(withSettings("prepare", "--images", path("photos"), "--out", path("dataset")));
    Path jars = Path.of("target/spark/jars").toAbsolutePath();
    Files.createSymbolicLink(Files.createDirectory(folder.resolve("home")).resolve("jars"), jars);
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static String[] withSettings(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    for (String setting :
        List.of(
            "split.shares.train=1",
            "split.shares.validation=0",
            "split.shares.test=0",
            "train.averaging-frequency=8",
            "architectures=null",
            "architectures.measured=" + NETWORK)) {
      all.addAll(List.of("--set", setting));
    }
    return all.toArray(String[]::new);
  }

  private static Program.Ended local(String... arguments) throws IOException, InterruptedException {
    Program.Ended ended =
        program.local(Map.of("CONVOY_MASTER", "local[2]"), arguments).end(MOST_SECONDS);
    assertEquals(0, ended.status(), ended::toString);
    return ended;
  }

  /** The predicted seconds of an epoch. */
  private static double predicted(int executors) throws IOException, InterruptedException {
    Program.Ended ended =
        local(
            withSettings(
                "plan", "--executors", "" + executors, "--cores", "1", "--images", "" + IMAGES));
    String row =
        ended.out().lines().filter(line -> line.startsWith("measured ")).findFirst().orElseThrow();
    return Double.parseDouble(row.split(" +")[1]);
  }

  /** The seconds of the fastest epoch: the first ones are slower, in new virtual machines. */
  private static double measured(int executors) throws IOException, InterruptedException {
    String run = path("run" + executors);
    Program.Ended ended =
        program
            .localCluster(
                folder.resolve("home"),
                executors,
                withSettings("train", "--data", path("dataset"), "--out", run))
            .end(MOST_SECONDS);
    assertEquals(0, ended.status(), ended::toString);
    assertTrue(
        ended.err().contains(Amount.of(executors, "worker") + " of 1 thread"), ended::toString);
    List<String> lines = Files.readAllLines(Path.of(run, "tables", "epochs.csv"));
    int column = List.of(lines.get(0).split(",")).indexOf("epoch_seconds");
    return lines.stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",")[column]))
        .min()
        .orElseThrow();
  }

  @Test
  void predictedEpochsAndSpeedUpAreThoseOfARealRun() throws IOException, InterruptedException {
    Map<Integer, Double> before = Map.of(1, predicted(1), 2, predicted(2));
    Map<Integer, Double> measured = Map.of(1, measured(1), 2, measured(2));
    // As the fastest epoch counts, so does the forecast of the quieter moment.
    Map<Integer, Double> predicted =
        Map.of(
            1, Math.min(before.get(1), predicted(1)),
            2, Math.min(before.get(2), predicted(2)));
    String seen = "predicted " + predicted + " s, measured " + measured + " s";
    assertNear(predicted.get(1), measured.get(1), seen);
    assertNear(predicted.get(2), measured.get(2), seen);
    assertNear(predicted.get(1) / predicted.get(2), measured.get(1) / measured.get(2), seen);
  }

  private static void assertNear(double predicted, double measured, String seen) {
    double ratio = predicted / measured;
    assertTrue(ratio < FACTOR && ratio > 1 / FACTOR, seen);
  }
}
