package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.SparkSessions.Executors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ExecutorWatchTest {
  private static final Map<String, String> TWO = Map.of("spark.executor.instances", "2");
  private static final Map<String, String> TWO_OF_DYNAMIC_ALLOCATION =
      Map.of("spark.executor.instances", "2", "spark.dynamicAllocation.enabled", "true");

  private final List<String> told = new ArrayList<>();
  private final Cluster cluster = new Cluster();

  /** A session with work, whose executors come and go as the test says. */
  private static final class Cluster implements ExecutorWatch.Session {
    private int count;
    private boolean cancelled;

    @Override
    public List<Executor> executors() {
      return IntStream.range(0, count)
          .mapToObj(id -> new Executor(Integer.toString(id), "host", 2))
          .toList();
    }

    @Override
    public boolean isAtWork() {
      return true;
    }

    @Override
    public boolean isStopped() {
      return false;
    }

    @Override
    public void cancelWork() {
      cancelled = true;
    }
  }

  private ExecutorWatch watch(Map<String, String> settings) {
    SparkConf conf = new SparkConf(false).set("spark.master", "k8s://host");
    settings.forEach(conf::set);
    ExecutorWatch watch =
        new ExecutorWatch(conf, new ClusterManager.Kubernetes("lab"), Executors.ALL, told::add);
    watch.opened(cluster);
    return watch;
  }

  /** So many executors from this second on. */
  private void look(ExecutorWatch watch, int second, int executors) {
    cluster.count = executors;
    watch.look(Duration.ofSeconds(second).toNanos());
  }

  @Test
  void theSecondExecutorIsWaitedForLongerThanSparkDoes() {
    ExecutorWatch watch = watch(TWO);
    look(watch, 0, 1);
    look(watch, 19, 1);
    assertEquals(List.of(), told);
    look(watch, 31, 1);
    assertEquals("Waiting for executors: 1 of 2 are there after 31 s.", told.get(0));
    look(watch, 70, 2);
    assertDoesNotThrow(watch::await);
    assertEquals("2 executors after 70 s: going on.", told.get(told.size() - 1));
  }

  @Test
  void fewerThanAskedForEndTheWaitWithOneLine() {
    ExecutorWatch watch = watch(TWO);
    look(watch, 0, 1);
    look(watch, 600, 1);
    String line = assertThrows(UserException.class, watch::await).getMessage();
    assertTrue(
        line.startsWith("No executors to go on with: 1 of 2 are there after 10 min. Asked for: 2"),
        line);
    assertTrue(
        line.contains("Ask for what fits, or wait longer (spark.convoy.executorsWait)"), line);
  }

  @Test
  void dynamicAllocationsFirstExecutorsAreWaitedFor() {
    ExecutorWatch watch = watch(TWO_OF_DYNAMIC_ALLOCATION);
    look(watch, 0, 1);
    look(watch, 20, 1);
    assertEquals("  Going on with those that are there after 45 s.", told.get(told.size() - 1));
    look(watch, 40, 2);
    assertDoesNotThrow(watch::await);
    assertEquals("2 executors after 40 s: going on.", told.get(told.size() - 1));
  }

  @Test
  void fewerOfDynamicAllocationAreToldAndGoneOnWith() {
    ExecutorWatch watch = watch(TWO_OF_DYNAMIC_ALLOCATION);
    look(watch, 0, 1);
    look(watch, 45, 1);
    assertDoesNotThrow(watch::await);
    assertEquals(
        List.of(
            "1 of 2 executors came within 45 s: going on, and those that are there do the others'"
                + " work. With --conf spark.dynamicAllocation.enabled=false all are waited for."),
        told);
  }

  @Test
  void dynamicAllocationThatAsksForNoneIsNotWaitedFor() {
    ExecutorWatch watch = watch(Map.of("spark.dynamicAllocation.enabled", "true"));
    look(watch, 0, 0);
    assertDoesNotThrow(watch::await);
    assertEquals(List.of(), told);
  }

  @Test
  void anExecutorThatIsLostAndDoesNotComeBackIsToldOnce() {
    ExecutorWatch watch = watch(TWO);
    look(watch, 0, 2);
    look(watch, 100, 1);
    look(watch, 119, 1);
    assertEquals(List.of(), told);
    look(watch, 120, 1);
    look(watch, 200, 1);
    assertEquals(1, told.size());
    assertTrue(
        told.get(0)
            .startsWith(
                "Executors are lost: 1 of 2 are there, and do the others' work until those are"
                    + " back."),
        told.get(0));
    look(watch, 230, 2);
    assertEquals("2 executors after 2 min 10 s: going on.", told.get(1));
  }
}
