package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.doctor.TrainingsCheck.Group;
import io.convoy.doctor.TrainingsCheck.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingsCheckTest {
  private static final long GIB = 1L << 30;
  private static final List<Size> SIZES =
      List.of(new Size("small", 1, 1), new Size("large", GIB, 3 * GIB));

  /** A heap of a gibibyte, and beside it what is given. */
  private static Memory memory(SparkProcess process, long beside, long granted) {
    return new Memory(process, "m", "c", GIB, GIB, 0, Cgroup.NONE, granted, GIB + beside);
  }

  private static Memory driver(long beside) {
    return memory(SparkProcess.driver("a"), beside, Cgroup.NONE);
  }

  private static Memory executor(String id, long beside) {
    return memory(SparkProcess.executor(id, "a"), beside, Cgroup.NONE);
  }

  private static TrainingsCheck check(int executors, int workersOfExecutor, Group... groups) {
    return new TrainingsCheck(List.of(groups), executors, workersOfExecutor, SIZES);
  }

  /** Ten trainings, two at once on two executors. */
  private static List<Finding> sideBySide(long driver, long executor) {
    return check(2, 1, new Group("run", "trainings", 10, 2, "1 worker of 4 threads"))
        .findings(List.of(driver(driver), executor("1", executor), executor("2", executor)));
  }

  private static List<String> found(List<Finding> findings) {
    return findings.stream().map(Finding::found).toList();
  }

  @Test
  void trainingsSideBySideAreCountedWithTheMemoryOfTheLargestForEach() {
    assertEquals(
        List.of(
            "10, 2 at once on 2 executors, each by 1 worker of 4 threads",
            "up to 2.0 GiB of 2.0 GiB beside the heap for 2, by large",
            "up to 3.0 GiB of 3.0 GiB beside the heap for one, by large",
            "up to 3.0 GiB of 3.0 GiB beside the heap for one, by large"),
        found(sideBySide(2 * GIB, 3 * GIB)));
  }

  @Test
  void whatHasRoomIsOk() {
    assertTrue(sideBySide(2 * GIB, 3 * GIB).stream().noneMatch(Finding::failed));
  }

  @Test
  void aDriverWithRoomForOneOfTwoAtOnceFails() {
    Finding driver = sideBySide(2 * GIB - 1, 3 * GIB).get(1);
    assertTrue(driver.remedy().contains("CONVOY_HEAP"), driver.remedy());
    assertTrue(driver.remedy().endsWith("or set train.parallel = averaging"), driver.remedy());
  }

  @Test
  void anExecutorWithoutRoomForOneFails() {
    Finding executor = sideBySide(2 * GIB, 3 * GIB - 1).get(2);
    assertEquals("executor 1 (a)", executor.place());
    assertTrue(executor.remedy().contains("the batch of large"), executor.remedy());
  }

  @Test
  void workersOfOneExecutorTakeTheirMemoryTogether() {
    List<Finding> findings =
        check(1, 2, new Group("run", "trainings", 1, 1, "2 workers of 2 threads"))
            .findings(List.of(driver(GIB), executor("1", 6 * GIB - 1)));
    assertEquals("1, one after the other, each by 2 workers of 2 threads", found(findings).get(0));
    assertTrue(findings.get(2).failed());
  }

  @Test
  void aDriverThatTrainsItselfTakesBoth() {
    List<Finding> findings =
        check(1, 1, new Group("run", "trainings", 5, 1, "1 worker of 2 threads"))
            .findings(List.of(driver(4 * GIB)));
    assertEquals(
        List.of(
            "5, one after the other, each by 1 worker of 2 threads",
            "up to 4.0 GiB of 4.0 GiB beside the heap for one, by large"),
        found(findings));
  }

  @Test
  void theTrialsOfASearchCountToo() {
    List<Finding> findings =
        check(
                4,
                1,
                new Group("run", "trainings", 1, 1, "4 workers of 1 thread"),
                new Group("search", "trials", 24, 4, "1 worker of 1 thread"))
            .findings(List.of(driver(4 * GIB), executor("1", 3 * GIB)));
    assertEquals(
        List.of(
            "1, one after the other, each by 4 workers of 1 thread",
            "24, 4 at once on 4 executors, each by 1 worker of 1 thread",
            "up to 4.0 GiB of 4.0 GiB beside the heap for 4, by large",
            "up to 3.0 GiB of 3.0 GiB beside the heap for one, by large"),
        found(findings));
  }

  @Test
  void aGrantThatIsTooSmallIsToBeRaisedByWhatIsMissing() {
    Memory executor = memory(SparkProcess.executor("1", "a"), 15 * GIB, 2 * GIB);
    Finding finding =
        check(1, 1, new Group("run", "trainings", 1, 1, "1 worker of 2 threads"))
            .findings(List.of(driver(GIB), executor))
            .get(2);
    assertEquals("up to 3.0 GiB of 1.0 GiB beside the heap for one, by large", finding.found());
    assertTrue(
        finding.remedy().startsWith("raise spark.executor.memoryOverhead by 2.0 GiB, or lower"),
        finding.remedy());
  }

  @Test
  void whatJavaCppMayNotGiveOutIsNotThere() {
    Memory process =
        new Memory(
            SparkProcess.driver("a"),
            "m",
            "c",
            GIB,
            GIB,
            2 * GIB,
            Cgroup.NONE,
            Cgroup.NONE,
            9 * GIB);

    Finding memory =
        check(1, 1, new Group("run", "trainings", 1, 1, "1 worker of 4 threads"))
            .findings(List.of(process))
            .get(1);

    assertEquals("up to 4.0 GiB of 1.0 GiB beside the heap for one, by large", memory.found());
    assertTrue(memory.failed());
    assertTrue(memory.remedy().contains("javacpp.maxphysicalbytes"), memory.remedy());
  }
}
