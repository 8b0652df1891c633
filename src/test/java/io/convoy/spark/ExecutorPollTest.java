package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.ExecutorPoll.Question;
import io.convoy.spark.ExecutorPoll.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ExecutorPollTest {
  private final Script cluster = new Script();

  /** A cluster that does what the test says. */
  private static final class Script implements ExecutorPoll.Backend {
    private final List<Executor> executors = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> deaf = new ArrayList<>();
    private final List<String> failing = new ArrayList<>();
    private int expected = 1;
    private int pauses;
    private int late = -1;
    private boolean awake;

    private void add(String id) {
      executors.add(new Executor(id, "host", 1));
    }

    @Override
    public int expected() {
      return expected;
    }

    @Override
    public List<Executor> executors() {
      return List.copyOf(executors);
    }

    @Override
    public void wake() {
      awake = true;
    }

    @Override
    public <T> Future<Optional<T>> submit(Executor executor, Question<T> question) {
      asked.add(executor.id());
      if (failing.contains(executor.id())) {
        return CompletableFuture.failedFuture(new IllegalStateException("lost\nat a place"));
      }
      return CompletableFuture.completedFuture(
          deaf.remove(executor.id()) ? Optional.empty() : Optional.of(question.ask(executor)));
    }

    @Override
    public void pause() {
      pauses++;
      if (pauses == late) {
        add("9");
      }
    }
  }

  private List<Reply<String>> call() {
    return new ExecutorPoll(cluster).call(executor -> "I am " + executor.id());
  }

  private List<String> answers() {
    return call().stream().map(reply -> reply.answer().orElse(reply.obstacle())).toList();
  }

  @Test
  void eachExecutorIsAskedOnce() {
    cluster.expected = 2;
    cluster.add("10");
    cluster.add("2");
    assertEquals(List.of("I am 2", "I am 10"), answers());
    assertEquals(2, cluster.asked.size());
    assertEquals(0, cluster.pauses);
  }

  @Test
  void anExecutorWhoseTaskAnotherTookIsAskedAgain() {
    cluster.add("1");
    cluster.deaf.add("1");
    assertEquals(List.of("I am 1"), answers());
    assertEquals(List.of("1", "1"), cluster.asked);
  }

  @Test
  void anExecutorThatNeverAnswersIsReportedAfterThreeTries() {
    cluster.add("1");
    cluster.add("2");
    cluster.failing.add("2");
    assertEquals(List.of("I am 1", "lost"), answers());
    assertEquals(List.of("1", "2", "2", "2"), cluster.asked);
  }

  @Test
  void anExecutorThatStartsLateIsWaitedFor() {
    cluster.expected = 2;
    cluster.late = 5;
    cluster.add("1");
    assertEquals(List.of("I am 1", "I am 9"), answers());
  }

  @Test
  void executorsThatNeverComeAreNotWaitedForForever() {
    cluster.expected = 3;
    cluster.add("1");
    assertEquals(List.of("I am 1"), answers());
    assertEquals(120, cluster.pauses);
  }

  @Test
  void aClusterWithoutExecutorsIsWoken() {
    cluster.late = 1;
    assertEquals(List.of("I am 9"), answers());
    assertTrue(cluster.awake);
  }
}
