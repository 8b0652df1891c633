package io.convoy.optimizer;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Applies an optimizer's steps to one network, on several threads. Each thread takes a piece at a
 * time into arrays that fit into its cache.
 */
public final class ParameterUpdater implements AutoCloseable {
  private static final int PIECE = 1 << 13;

  private final FloatBuffer gradient;
  private final FloatBuffer parameters;
  private final FloatBuffer state;
  private final Optional<ShortBuffer> rounded;
  private final List<Piece> pieces;
  private final int threads;
  private final ExecutorService executor;

  /**
   * @param gradient by the parameters, as long as these
   * @param parameters of the whole network
   * @param state the optimizer's; empty where it keeps none
   * @param rounded receives the parameters in bfloat16, where they are wanted; as long as these
   * @param groups that together are all parameters that change
   * @param threads to use, at least 1
   */
  public ParameterUpdater(
      FloatBuffer gradient,
      FloatBuffer parameters,
      FloatBuffer state,
      Optional<ShortBuffer> rounded,
      List<ParameterGroup> groups,
      int threads) {
    this.gradient = gradient;
    this.parameters = parameters;
    this.state = state;
    this.rounded = rounded;
    this.pieces = pieces(groups);
    this.threads = threads;
    this.executor =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "optimizer");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** A part of a group that fits into the cache. */
  private record Piece(ParameterGroup group, int from, int length) {
    /** What lies between two parameters. */
    Piece between(int first, int end) {
      int begin = Math.max(first - group.first(), from);
      return new Piece(group, begin, Math.min(end - group.first(), from + length) - begin);
    }
  }

  private static List<Piece> pieces(List<ParameterGroup> groups) {
    List<Piece> pieces = new ArrayList<>();
    for (ParameterGroup group : groups) {
      for (int from = 0; from < group.length(); from += PIECE) {
        pieces.add(new Piece(group, from, Math.min(PIECE, group.length() - from)));
      }
    }
    return pieces;
  }

  /**
   * Updates all parameters.
   *
   * @throws IllegalArgumentException if the state is not that of such a step
   */
  public void apply(Step step) {
    apply(step, 0, parameters.capacity());
  }

  /**
   * Updates some parameters, and their state.
   *
   * @param first place of the first, among all
   * @param length how many
   * @throws IllegalArgumentException if the state is not that of such a step
   */
  public void apply(Step step, int first, int length) {
    int stepped =
        pieces.stream()
            .filter(piece -> piece.group.rule() == ParameterGroup.Rule.STEP)
            .mapToInt(Piece::length)
            .sum();
    if (state.capacity() != (long) step.stateArrays() * stepped) {
      throw new IllegalArgumentException(
          "state of " + state.capacity() + " numbers for " + stepped + " parameters");
    }
    List<Piece> wanted =
        pieces.stream()
            .map(piece -> piece.between(first, first + length))
            .filter(piece -> piece.length > 0)
            .toList();
    List<Future<?>> others = new ArrayList<>();
    for (int thread = 1; thread < threads; thread++) {
      List<Piece> share = share(wanted, thread);
      others.add(executor.submit(() -> apply(step, share)));
    }
    apply(step, share(wanted, 0));
    try {
      for (Future<?> other : others) {
        other.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private List<Piece> share(List<Piece> wanted, int thread) {
    int from = (int) ((long) wanted.size() * thread / threads);
    int to = (int) ((long) wanted.size() * (thread + 1) / threads);
    return wanted.subList(from, to);
  }

  private void apply(Step step, List<Piece> share) {
    float[] slopes = new float[PIECE];
    float[] values = new float[PIECE];
    short[] halves = new short[PIECE];
    float[][] states = new float[step.stateArrays()][PIECE];
    for (Piece piece : share) {
      ParameterGroup group = piece.group;
      int at = group.first() + piece.from;
      gradient.get(at, slopes, 0, piece.length);
      parameters.get(at, values, 0, piece.length);
      if (group.rule() == ParameterGroup.Rule.SUBTRACT) {
        subtract(slopes, values, piece.length);
      } else {
        for (int i = 0; i < states.length; i++) {
          state.get(place(piece, i), states[i], 0, piece.length);
        }
        decay(group.decay() * step.learningRate(), values, piece.length);
        step.apply(slopes, values, states, piece.length);
        for (int i = 0; i < states.length; i++) {
          state.put(place(piece, i), states[i], 0, piece.length);
        }
      }
      parameters.put(at, values, 0, piece.length);
      if (rounded.isPresent()) {
        round(values, halves, piece.length);
        rounded.get().put(at, halves, 0, piece.length);
      }
    }
  }

  /** To the nearest number of bfloat16, of two to the even one, as processors do. */
  private static void round(float[] values, short[] halves, int length) {
    for (int i = 0; i < length; i++) {
      int bits = Float.floatToRawIntBits(values[i]);
      halves[i] = (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
  }

  private static int place(Piece piece, int array) {
    return piece.group.state() + array * piece.group.stride() + piece.from;
  }

  private static void subtract(float[] slopes, float[] values, int length) {
    for (int i = 0; i < length; i++) {
      values[i] -= slopes[i];
    }
  }

  private static void decay(double share, float[] values, int length) {
    if (share > 0) {
      float kept = (float) (1 - share);
      for (int i = 0; i < length; i++) {
        values[i] *= kept;
      }
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
