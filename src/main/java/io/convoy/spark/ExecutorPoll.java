package io.convoy.spark;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks every executor one question. A Spark job of many tasks does not reach every executor: one
 * that is quick may take them all. So each executor is asked by a job of its own, and again where
 * another one took the task; executors that start late are waited for.
 */
public final class ExecutorPoll {
  /** How long executors that are missing are waited for. */
  static final Duration MOST_WAIT = Duration.ofMinutes(1);

  private static final int MOST_TRIES = 3;

  /** Each pause takes half a second. */
  private static final long MOST_PAUSES = MOST_WAIT.toSeconds() * 2;

  private static final long ANSWER_SECONDS = 180;

  /** Spark numbers them. */
  private static final Comparator<String> BY_NAME =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final Backend backend;

  /**
   * @param backend whose executors are asked
   */
  public ExecutorPoll(Backend backend) {
    this.backend = backend;
  }

  /**
   * One executor.
   *
   * @param id Spark's
   * @param host its machine
   * @param cores that Spark uses there
   */
  public record Executor(String id, String host, int cores) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** What is asked, on the executor; the answer has to be serialisable. */
  @FunctionalInterface
  public interface Question<T> extends Serializable {
    T ask(Executor executor);
  }

  /**
   * What came of one executor.
   *
   * @param answer empty where it gave none
   * @param obstacle why not
   */
  public record Reply<T>(Executor executor, Optional<T> answer, String obstacle) {}

  /** The executors, as far as a poll needs them. */
  public interface Backend {
    /** How many there should be. */
    int expected();

    /** Those that are there now. */
    List<Executor> executors();

    /** Has an executor started where there are executors for tasks alone. */
    void wake();

    /** Asks one; the answer is empty where another executor took the task. */
    <T> Future<Optional<T>> submit(Executor executor, Question<T> question);

    /** Lets half a second pass. */
    void pause();
  }

  /**
   * Asks all that are there, and those that come within a minute while there are fewer than should
   * be.
   *
   * @return a reply for each executor that was seen, in the order of their names
   */
  public <T> List<Reply<T>> call(Question<T> question) {
    Map<String, Reply<T>> replies = new TreeMap<>(BY_NAME);
    Map<String, Integer> tries = new TreeMap<>();
    int pauses = 0;
    if (backend.executors().isEmpty()) {
      backend.wake();
    }
    while (true) {
      List<Executor> missing =
          backend.executors().stream()
              .filter(each -> !replies.containsKey(each.id()) || !hasAnswered(replies, each))
              .filter(each -> tries.getOrDefault(each.id(), 0) < MOST_TRIES)
              .toList();
      missing.forEach(each -> tries.merge(each.id(), 1, Integer::sum));
      ask(missing, question).forEach(reply -> replies.put(reply.executor().id(), reply));
      long answered = replies.values().stream().filter(each -> each.answer().isPresent()).count();
      if (missing.isEmpty()) {
        if (answered >= backend.expected() || pauses == MOST_PAUSES) {
          return List.copyOf(replies.values());
        }
        pauses++;
        backend.pause();
      }
    }
  }

  private static <T> boolean hasAnswered(Map<String, Reply<T>> replies, Executor executor) {
    return replies.get(executor.id()).answer().isPresent();
  }

  private <T> List<Reply<T>> ask(List<Executor> executors, Question<T> question) {
    Map<Executor, Future<Optional<T>>> asked = new LinkedHashMap<>();
    executors.forEach(each -> asked.put(each, backend.submit(each, question)));
    List<Reply<T>> replies = new ArrayList<>();
    asked.forEach((executor, answer) -> replies.add(await(executor, answer)));
    return replies;
  }

  private static <T> Reply<T> await(Executor executor, Future<Optional<T>> future) {
    try {
      Optional<T> answer = future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
      return new Reply<>(executor, answer, answer.isPresent() ? "" : "it takes no task");
    } catch (ExecutionException e) {
      return new Reply<>(executor, Optional.empty(), reason(e.getCause()));
    } catch (TimeoutException e) {
      future.cancel(true);
      return new Reply<>(
          executor, Optional.empty(), "no answer within " + ANSWER_SECONDS + " seconds");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String reason(Throwable thrown) {
    return String.valueOf(thrown.getMessage())
        .lines()
        .findFirst()
        .orElse(thrown.getClass().getSimpleName());
  }
}
