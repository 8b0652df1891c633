package io.convoy.optimizer;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Applies an optimizer's steps to one network, on several threads. Each thread takes a piece at a
 * time into arrays that fit into its cache.
 */
public final class Descent implements AutoCloseable {
  private static final int PIECE = 1 << 13;

  private final FloatBuffer gradient;
  private final FloatBuffer parameters;
  private final FloatBuffer state;
  private final int threads;
  private final ExecutorService executor;

  /**
   * @param gradient by the parameters, as long as these
   * @param parameters of the whole network
   * @param state the optimizer's: one array as long as the parameters behind the other; empty where
   *     it keeps none
   * @param threads to use, at least 1
   */
  public Descent(FloatBuffer gradient, FloatBuffer parameters, FloatBuffer state, int threads) {
    this.gradient = gradient;
    this.parameters = parameters;
    this.state = state;
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "optimizer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Updates all parameters. */
  public void apply(Step step) {
    int length = parameters.capacity();
    if (state.capacity() != (long) step.stateArrays() * length) {
      throw new IllegalArgumentException(
          "state of " + state.capacity() + " numbers for " + length + " parameters");
    }
    List<Callable<Void>> shares = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int from = (int) ((long) length * thread / threads);
      int to = (int) ((long) length * (thread + 1) / threads);
      shares.add(
          () -> {
            apply(step, from, to);
            return null;
          });
    }
    try {
      for (Future<Void> share : executor.invokeAll(shares)) {
        share.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void apply(Step step, int from, int to) {
    float[] slopes = new float[PIECE];
    float[] values = new float[PIECE];
    float[][] states = new float[step.stateArrays()][PIECE];
    for (int at = from; at < to; at += PIECE) {
      int length = Math.min(PIECE, to - at);
      gradient.get(at, slopes, 0, length);
      parameters.get(at, values, 0, length);
      for (int i = 0; i < states.length; i++) {
        state.get(i * parameters.capacity() + at, states[i], 0, length);
      }
      step.apply(slopes, values, states, length);
      parameters.put(at, values, 0, length);
      for (int i = 0; i < states.length; i++) {
        state.put(i * parameters.capacity() + at, states[i], 0, length);
      }
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
