package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.spark.ClusterCapacity.Counted;
import io.convoy.spark.ClusterCapacity.Node;
import io.convoy.spark.ExecutorRequest.Allocation;
import io.convoy.spark.ExecutorShortage.Options;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ExecutorShortageTest {
  private static final ExecutorRequest TWO_OF_FOUR_CORES =
      new ExecutorRequest(Allocation.FIXED, 2, 4, 3276, 8192);

  /** That many workers of one core and 3 GiB, which no executor has. */
  private static ClusterCapacity small(int workers) {
    return new ClusterCapacity(
        Counted.HEAP, Collections.nCopies(workers, new Node(1, 1, 3072, 3072)), 0);
  }

  private static String fits(ExecutorRequest asked, Options options, ClusterCapacity capacity) {
    String line =
        new ExecutorShortage(
                asked, 0, asked.count(), options, Optional.of(capacity), "look at its page")
            .line(Duration.ofMinutes(10));
    return line.replaceFirst(".*what fits: ", "").replaceFirst("\\. Ask for what fits, .*", "");
  }

  @Test
  void smallWorkersAreOfferedExecutorsOfTheirSize() {
    assertEquals(
        "--executor-cores 1 --executor-memory 3g",
        fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, small(2)));
  }

  @Test
  void ofOneWorkerAloneTheNumberOfExecutorsIsLower() {
    assertEquals(
        "--executors 1 --executor-cores 1 --executor-memory 3g",
        fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, small(1)));
  }

  @Test
  void sparkSubmitsOptionsAreTheHeapAndOnItsOwnClusterTheCoresOfAll() {
    assertEquals(
        "--total-executor-cores 2 --executor-cores 1 --executor-memory 1228m",
        fits(TWO_OF_FOUR_CORES, Options.SPARK_SUBMIT_CORES, small(2)));
    assertEquals(
        "--num-executors 2 --executor-cores 1 --executor-memory 1228m",
        fits(TWO_OF_FOUR_CORES, Options.SPARK_SUBMIT, small(2)));
  }

  @Test
  void whatFitsIsLeftAsItWasAskedFor() {
    ClusterCapacity fewCores =
        new ClusterCapacity(Counted.HEAP, List.of(new Node(4, 4, 9000, 9000)), 0);
    assertEquals("--executor-cores 2", fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, fewCores));
    ClusterCapacity littleMemory =
        new ClusterCapacity(Counted.ALL, Collections.nCopies(2, new Node(8, 8, 6144, 6144)), 0);
    assertEquals("--executor-memory 6g", fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, littleMemory));
  }

  @Test
  void twoExecutorsShareAMachineThatHasRoomForBoth() {
    ClusterCapacity one =
        new ClusterCapacity(Counted.ALL, List.of(new Node(8, 8, 10240, 10240)), 0);
    assertEquals("--executor-memory 5g", fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, one));
  }

  @Test
  void whatOthersHaveDoesNotFit() {
    ClusterCapacity taken =
        new ClusterCapacity(Counted.HEAP, List.of(new Node(8, 0, 9000, 6000)), 1);
    assertEquals(
        "nothing while other applications have the rest; wait for them, or end them",
        fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, taken));
    ClusterCapacity partly =
        new ClusterCapacity(Counted.HEAP, List.of(new Node(8, 3, 9000, 9000)), 1);
    assertEquals("--executor-cores 1", fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, partly));
  }

  @Test
  void whatTheApplicationHasItselfIsNotTaken() {
    ClusterCapacity ours =
        new ClusterCapacity(
            Counted.HEAP, List.of(new Node(4, 0, 9000, 5724), new Node(1, 1, 9000, 9000)), 0);
    assertEquals("--executor-cores 2", fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, ours));
  }

  @Test
  void ofWorkersThatAreTooSmallOrGoneNothingFits() {
    ClusterCapacity tiny = new ClusterCapacity(Counted.HEAP, List.of(new Node(1, 1, 600, 600)), 0);
    assertEquals(
        "nothing: an executor wants a core and 1,200 MiB of memory",
        fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, tiny));
    assertEquals(
        "nothing before workers are started", fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, small(0)));
  }

  @Test
  void theLinesSayWhatWasAskedForWhatThereIsAndWhatFits() {
    ClusterCapacity capacity =
        new ClusterCapacity(
            Counted.HEAP, List.of(new Node(1, 1, 3072, 3072), new Node(8, 2, 4096, 1024)), 1);
    ExecutorShortage shortage =
        new ExecutorShortage(
            TWO_OF_FOUR_CORES, 0, 2, Options.LAUNCHER, Optional.of(capacity), "look");
    assertEquals(
        List.of(
            "Waiting for executors: 0 of 2 are there after 20 s.",
            "  asked for: 2 executors of 4 cores, 8,192 MiB of memory (3,276 MiB of it heap) each",
            "  there is:  1 worker of 1 core and 3,072 MiB, 1 worker of 8 cores and 4,096 MiB (free:"
                + " 2 cores and 1,024 MiB), which counts the heap alone; it runs 1 other application",
            "  what fits: --executors 1 --executor-cores 1 --executor-memory 3g",
            "  Waiting for 1 min at most."),
        shortage.lines(Duration.ofSeconds(20), "Waiting for 1 min at most."));
  }

  @Test
  void executorsThatDoNotStartThoughTheyFitMayLackAScratchFolder() {
    ClusterCapacity roomy =
        new ClusterCapacity(Counted.HEAP, Collections.nCopies(2, new Node(4, 4, 9000, 9000)), 0);
    String fits = fits(TWO_OF_FOUR_CORES, Options.LAUNCHER, roomy);
    assertTrue(fits.contains("exit code 53: SPARK_LOCAL_DIRS"), fits);
  }

  @Test
  void theOptionsThatAreNamedAreThoseOfTheCluster() {
    SparkConf conf = new SparkConf(false);
    ClusterManager standalone = new ClusterManager.Standalone("spark://h:7077");
    assertTrue(Options.of(conf, standalone).names().startsWith("--total-executor-cores,"));
    conf.set("spark.convoy.launcher", "standalone");
    assertTrue(Options.of(conf, standalone).names().startsWith("--executors,"));
  }

  @Test
  void aClusterThatCannotBeAskedIsLookedAtByHand() {
    String line =
        new ExecutorShortage(
                TWO_OF_FOUR_CORES, 1, 2, Options.LAUNCHER, Optional.empty(), "`kubectl` tells")
            .line(Duration.ofMinutes(10));
    assertTrue(line.contains("1 of 2 are there after 10 min."), line);
    assertTrue(line.contains("`kubectl` tells"), line);
  }
}
